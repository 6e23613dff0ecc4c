"""The reference page of the desk: who may do what, how cases move; made from what the rooms declare."""

from __future__ import annotations

from docs.markdown import page
from junheng.paper.markdown import grid
from junheng.people.codes import Role
from junheng.people.permissions import matrix
from junheng.people.transitions import Transitions
from junheng.planning.transitions import APPROVAL
from junheng.register.transitions import COUNTY_SUBMISSION, SUBMISSION

DESK_OPENING = """
# Who may do what on the desk

Permissions say whether a role may do a thing at all. Where it may is its scope: the subtree of the organisation it works in, and
its line of work. The desk shows the same matrix under 人员与组织, 权限表, and hands it out as a workbook.

```python run
from junheng.people.permissions import matrix

for action, allowed in matrix():
    if action.name == "approve_plan":
        print(action.zh, "by", *(role.zh for role, may in allowed.items() if may))
```

```text
```"""
STEPS_OPENING = """## How cases move

Steps are added and never changed. Whoever took one of the steps under "not by" does not take this one."""


def desk_page() -> str:
    heads = ("事项", "code", "line", *(role.zh for role in Role))
    rows = [
        (
            action.zh,
            f"`{action.name}`",
            action.line.zh if action.line else "",
            *("●" if each else "" for each in allowed.values()),
        )
        for action, allowed in matrix()
    ]
    return page(DESK_OPENING, grid(heads, rows), STEPS_OPENING, *map(steps_part, (SUBMISSION, COUNTY_SUBMISSION, APPROVAL)))


def steps_part(made: Transitions) -> str:
    heads = ("step", "code", "from", "to", "permission", "needs a note", "not by who took")
    rows = [
        (
            step.zh,
            f"`{step.action}`",
            "、".join(made.states[each] for each in step.before),
            made.states[step.after],
            step.permission.zh,
            "yes" if step.needs_note else "",
            "、".join(made.step(each).zh for each in step.not_by),
        )
        for step in made.steps
    ]
    arrows = "\n".join(
        f"    {before} --> {step.after}: {step.zh}" for step in made.steps for before in step.before if before != step.after
    )
    names = "\n".join(f'    state "{zh}" as {state}' for state, zh in made.states.items())
    diagram = f"```mermaid\nstateDiagram-v2\n{names}\n    [*] --> {made.first}\n{arrows}\n```"
    return f"### {made.zh} (`{made.kind}`)\n\n{diagram}\n\n{grid(heads, rows)}"

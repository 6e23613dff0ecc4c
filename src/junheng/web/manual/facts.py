"""What the manual prints from the code, in the language of the page: words of closed lists, who may do what, steps, keys, limits.

A chapter names a fact as `{upload_mb}`, a word of a closed list as `{verdict[met]}`, a table as `{steps[plan]}`; what is not
declared here is refused (KeyError), and so is a word that the list does not have.
"""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from junheng.documents.codes import Decided, Judgement, Kept
from junheng.documents.views import DECIDING
from junheng.indicators.registry import INDICATORS, Indicator
from junheng.indicators.shown import SIGNS, item_word, standard_word
from junheng.kernel.codes import Code, Evidence, Level, Privacy, Severity, Split, Stage, Verdict
from junheng.paper.markdown import grid
from junheng.people import tokens
from junheng.people.codes import JobState, Line, OrganisationKind, OrganisationTree, Role
from junheng.people.permissions import Action, matrix, permitted
from junheng.people.transitions import KINDS, Transition, Transitions
from junheng.planning.codes import MeasureKind
from junheng.planning.papers import PAPERS
from junheng.register.kinds import Kind
from junheng.web.api.frame import MOST, api
from junheng.web.keys import KEYS
from junheng.web.overview.dues import SOON
from junheng.web.sections import SECTIONS

GLOSSARY: dict[str, str] = tomllib.loads((Path(__file__).parent / "glossary.toml").read_text(encoding="utf-8"))["words"]
CODES: Mapping[str, type[Code]] = {
    "verdict": Verdict, "evidence": Evidence, "severity": Severity, "split": Split, "level": Level, "stage": Stage,
    "privacy": Privacy, "role": Role, "line": Line, "action": Action, "job_state": JobState, "organisation": OrganisationKind,
    "tree": OrganisationTree, "judgement": Judgement, "kept": Kept, "decided": Decided}


def is_english() -> bool:
    return get_language() == "en"


def word(zh: str, code: str) -> str:
    """A declared word as the desk shows it; in English, where the catalogue has none, its code with the Chinese behind it."""
    if not is_english():
        return zh
    return _(zh) if _(zh) != zh else f"{code.replace('_', ' ')} ({zh})"


def role_word(role: Role) -> str:
    return word(role.zh, role.name)


def joined(words: Iterable[str]) -> str:
    return (", " if is_english() else "、").join(words)


def facts() -> Mapping[str, object]:
    """By name; made once a language."""
    return _facts("en" if is_english() else "zh")


@cache
def _facts(language: str) -> Mapping[str, object]:
    lists = {name: {each.name: word(each.zh, each.name) for each in codes} for name, codes in CODES.items()}
    return lists | _limits() | {
        "state": {kind: {state: word(zh, state) for state, zh in made.states.items()} for kind, made in KINDS.items()},
        "step": {kind: {each.action: word(each.zh, each.action) for each in made.steps} for kind, made in KINDS.items()},
        "steps": {kind: _steps(made) for kind, made in KINDS.items()},
        "matrix": _matrix(), "roles": _roles(), "sections": _sections(), "indicators": _indicators(), "glossary": _glossary(),
        "keys": grid((_("键"), _("作用")), KEYS), "deciding_keys": grid((_("键"), _("作用")), DECIDING),
        "faults": _listed(Kind), "measures": _listed(MeasureKind),
        "papers": joined(word(each.zh, name) for name, each in PAPERS.items()),
        "addresses": _addresses(),
    }


def _limits() -> dict[str, object]:
    """The numbers that a user meets."""
    longest = next(each for each in settings.AUTH_PASSWORD_VALIDATORS if each["NAME"].endswith("MinimumLengthValidator"))
    return {"upload_mb": settings.UPLOAD_LIMIT_BYTES // 2**20, "session_hours": settings.SESSION_COOKIE_AGE // 3600,
            "tries": settings.AXES_FAILURE_LIMIT, "locked_minutes": round(settings.AXES_COOLOFF_TIME * 60),
            "password_letters": longest["OPTIONS"]["min_length"], "soon_days": SOON.days,
            "most_tokens": tokens.MOST, "most_rows": MOST}


def _listed(codes: Iterable[Code]) -> str:
    return "\n".join(f"- {word(each.zh, each.name)}" for each in codes)


def _who(action: Action) -> str:
    may = [role for role in Role if permitted(role, action)]
    return _("所有岗位") if len(may) == len(Role) else joined(map(role_word, may))


def _matrix() -> str:
    rows = [(word(action.zh, action.name), word(action.line.zh, action.line.name) if action.line else _("各条线"), _who(action))
            for action, _allowed in matrix()]
    return grid((_("事项"), _("条线"), _("哪些岗位可以")), rows)


def _roles() -> str:
    """A row a role: the sections it opens and what it does there."""
    does = {role: [word(action.zh, action.name) for action, may in matrix() if may[role] and not action.name.startswith("see_")]
            for role in Role}
    return grid((_("角色"), _("能打开的栏目"), _("能办理的事项")),
                 [(role_word(role), joined(_section_words(role)), joined(does[role]) or "—") for role in Role])


def _section_words(role: Role) -> list[str]:
    return [each.en if is_english() else each.zh for each in SECTIONS if each.action is None or permitted(role, each.action)]


def _sections() -> str:
    return grid((_("栏目"), _("键"), _("哪些岗位可以")),
                 [(each.en if is_english() else each.zh, f"g {each.key}", _who(each.action) if each.action else _("所有岗位"))
                  for each in SECTIONS])


def _steps(made: Transitions) -> str:
    heads = (_("步骤"), _("从"), _("到"), _("哪些岗位可以"), _("还要"))
    return grid(heads, [(word(step.zh, step.action), joined(word(made.states[each], each) for each in step.before),
                          word(made.states[step.after], step.after), _who(step.permission), _also(made, step))
                         for step in made.steps])


def _also(made: Transitions, step: Transition) -> str:
    done = joined(word(made.step(each).zh, each) for each in step.not_by)
    told = [_("写明原因")] if step.needs_note else []
    return "；".join([*told, *([_("不能由办理“%(done)s”的人办") % {"done": done}] if done else [])]) or "—"


def _indicators() -> str:
    """Every item, standard by standard, with how it is made."""
    parts = []
    for standard in dict.fromkeys(each.standard for each in INDICATORS.values()):
        own = [each for each in INDICATORS.values() if each.standard == standard]
        rows = [(each.item, item_word(each.item), _how(each), SIGNS[each.meets] if each.limit else "—") for each in own]
        heads = (_("编号"), _("指标"), _("怎么算"), _("与标准值比"))
        parts.append(f"### {standard_word(standard)}\n\n{grid(heads, rows)}")
    return "\n\n".join(parts)


def _how(indicator: Indicator) -> str:
    """In Chinese as the figure's own page prints it; in English the first paragraph beside the formula."""
    return (inspect.getdoc(indicator.formula) or "").split("\n\n")[0] if is_english() else indicator.how


def _glossary() -> str:
    return grid(("中文", "English"), [(zh, en.replace("_", " ")) for zh, en in GLOSSARY.items()])


def _addresses() -> str:
    found = {path: operation for path, view in api.default_router.path_operations.items() for operation in view.operations}
    rows = [(f"`/api/v1{path}`", word(each.summary or "", each.view_func.__name__)) for path, each in sorted(found.items())]
    return grid((_("地址"), _("读到什么")), rows)

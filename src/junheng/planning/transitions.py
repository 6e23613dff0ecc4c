"""How a plan becomes one that binds: draft, reviewed, approved, in force; by persons with names, never by who made it."""

from __future__ import annotations

from junheng.people.permissions import Action
from junheng.people.transitions import Transition, Transitions
from junheng.people.words import ACTS

DRAFT, REVIEWED, APPROVED, IN_FORCE, ENDED, SUPERSEDED, DISCARDED = (
    "draft", "reviewed", "approved", "in_force", "ended", "superseded", "discarded")
REVIEW, APPROVE, ENFORCE, SUPERSEDE = "review", "approve", "enforce", "supersede"
NOT_BY_ITS_MAKER = (REVIEW, APPROVE)

APPROVAL = Transitions(
    kind="plan",
    zh="方案审批",
    states={
        DRAFT: "草稿",
        REVIEWED: "已审核",
        APPROVED: "已批准",
        IN_FORCE: "执行中",
        ENDED: "已停止执行",
        SUPERSEDED: "已被替代",
        DISCARDED: "已作废",
    },
    first=DRAFT,
    steps=(
        Transition(REVIEW, "审核通过", (DRAFT,), REVIEWED, Action.review_plan),
        Transition("return", "退回修改", (REVIEWED,), DRAFT, Action.review_plan, needs_note=True),
        Transition(APPROVE, "批准", (REVIEWED,), APPROVED, Action.approve_plan, not_by=(REVIEW,)),
        Transition("refuse", "不予批准", (REVIEWED, APPROVED), DRAFT, Action.approve_plan, needs_note=True),
        Transition(ENFORCE, "付诸执行", (APPROVED,), IN_FORCE, Action.approve_plan),
        Transition("end", "停止执行", (IN_FORCE,), ENDED, Action.approve_plan, needs_note=True),
        Transition(SUPERSEDE, "由新方案替代", (IN_FORCE,), SUPERSEDED, Action.approve_plan, needs_note=True),
        Transition("discard", "作废", (DRAFT,), DISCARDED, Action.run_plan, needs_note=True),
    ),
)
LOOKS = dict.fromkeys(APPROVAL.states, "unknown") | {REVIEWED: "needs_evidence", APPROVED: "working", IN_FORCE: "met"}
IS_APPROVED = (APPROVED, IN_FORCE)
ACTS.update({f"{APPROVAL.kind}.{step.action}": f"方案：{step.zh}" for step in APPROVAL.steps} | {
    "plan.index": "列入方案", "plan.checked": "核对方案", "plan.export": "导出方案"})

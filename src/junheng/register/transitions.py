"""How the submission of a school, or of a county's office, moves in a year: from handed in to taken into a snapshot."""

from __future__ import annotations

from junheng.people.permissions import Action
from junheng.people.transitions import Transition, Transitions
from junheng.people.words import ACTS

DRAFT, SUBMITTED, RETURNED, ACCEPTED, TAKEN = "draft", "submitted", "returned", "accepted", "taken"
WITH_SCHOOL = (DRAFT, RETURNED)
HANDED_IN = (SUBMITTED, ACCEPTED, TAKEN)


def _submission(kind: str, zh: str, hand_in: Action, of: str = "") -> Transitions:
    """Who hands in differs; what may be done does not."""
    return Transitions(
        kind=kind,
        zh=zh,
        states={DRAFT: "填报中", SUBMITTED: "待审核", RETURNED: "已退回", ACCEPTED: "已接收", TAKEN: "已入库"},
        first=DRAFT,
        steps=(
            Transition("upload", "上传", WITH_SCHOOL, DRAFT, hand_in),
            Transition("correct", "更正", WITH_SCHOOL, DRAFT, hand_in),
            Transition("explain", "说明警告", WITH_SCHOOL, DRAFT, hand_in),
            Transition("submit", "报送", (DRAFT,), SUBMITTED, hand_in),
            Transition("withdraw", "撤回", (SUBMITTED,), DRAFT, hand_in),
            Transition("return", "退回", (SUBMITTED, ACCEPTED), RETURNED, Action.check_submission, needs_note=True),
            Transition("accept", "接收", (SUBMITTED,), ACCEPTED, Action.check_submission, not_by=("submit",)),
            Transition("take", "入库", (ACCEPTED,), TAKEN, Action.make_snapshot),
            Transition("amend", "申请更正", (TAKEN,), DRAFT, hand_in, needs_note=True),
            Transition("reopen", "要求更正", (TAKEN,), RETURNED, Action.check_submission, needs_note=True),
        ),
        of=of,
    )


SUBMISSION = _submission("submission", "学校报送", Action.hand_in)
COUNTY_SUBMISSION = _submission("county_submission", "县级报送", Action.hand_in_county, of="submission")
SUBMISSIONS = (SUBMISSION.kind, COUNTY_SUBMISSION.kind)
ACTS.update({f"{of.kind}.{step.action}": f"{of.zh}：{step.zh}" for of in (SUBMISSION, COUNTY_SUBMISSION) for step in of.steps} | {
    "submission.deadline": "设定报送期限", "submission.unlock": "报送解锁", "submission.remind": "催报",
    "submission.template": "下载预填模板", "submission.original": "下载报送原件"})
OF_THE_SCHOOL = tuple(step.action for step in SUBMISSION.steps if step.permission is Action.hand_in)
SENT_BACK = tuple(step.action for step in SUBMISSION.steps if step.after == RETURNED)

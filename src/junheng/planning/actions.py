"""What is written about plans: their check, and the steps of their approval; each is one transaction, audited."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.kernel.faults import JunhengError
from junheng.people import audit
from junheng.people.cases import take
from junheng.people.language import joined
from junheng.people.models import Person, Step
from junheng.people.scope import Access
from junheng.people.transitions import Transition
from junheng.planning.check import Checked
from junheng.planning.models import PlanInForce, PlanRow
from junheng.planning.transitions import APPROVAL, ENFORCE, IN_FORCE, NOT_BY_ITS_MAKER, REVIEW, SUPERSEDE


@transaction.atomic
def record_check(digest: str, found: Checked, by: Person | None) -> PlanRow:
    """What came of checking a plan; a later check takes the place of an earlier."""
    plan = PlanRow.objects.select_for_update().get(pk=digest)
    plan.checked = timezone.now()
    plan.breaches = [each.sentence() for each in found.breaches]
    plan.remarks = [*found.notes, *(f"没有核对：{each}" for each in found.not_checked)]
    plan.save(update_fields=["checked", "breaches", "remarks"])
    audit.record(by, "plan.checked", digest, detail={"breaches": len(found.breaches)})
    return plan


def refusal(plan: PlanRow, step: Transition, access: Access, note: str = "-") -> str | None:
    """Why this person cannot take this step with this plan now, in words: by the policies of plans, by his permissions."""
    return APPROVAL.refusal(plan.case, step, access, note) or _policy(plan, step, access)


def _policy(plan: PlanRow, step: Transition, access: Access) -> str | None:
    if step.action == SUPERSEDE:
        return _("%(plan)s：由新方案付诸执行时替代，不能单独办理 -> 将新方案付诸执行") % {"plan": plan.title}
    if step.action in NOT_BY_ITS_MAKER and access.person and plan.by_id == access.person.pk:
        return _("%(plan)s：编制人不能%(step)s -> 请另一人办理") % {"plan": plan.title, "step": _(step.zh)}
    if step.action == REVIEW:
        return _not_sound(plan)
    return None


def _not_sound(plan: PlanRow) -> str | None:
    if plan.checked is None:
        return _("%(plan)s：还没有核对 -> 先核对，无不符才能审核") % {"plan": plan.title}
    if plan.breaches:
        return _("%(plan)s：核对有 %(many)s 处不符 -> 重新编制") % {"plan": plan.title, "many": len(plan.breaches)}
    return None


def take_step(plan: PlanRow, action: str, access: Access, *, note: str = "", seen: int | None = None) -> Step:
    """Take a step of the approval. Errors: JunhengError in words where it is not permitted, or somebody was first."""
    step = APPROVAL.step(action)
    with transaction.atomic():
        plan = PlanRow.objects.select_for_update().select_related("case").get(pk=plan.pk)
        if plan.case.state in step.before and (told := _policy(plan, step, access)):
            raise JunhengError(told)
        made = take(APPROVAL, plan.case, action, access, note=note, seen=seen, detail={"plan": plan.pk})
        if action == ENFORCE:
            _put_in_force(plan, access)
        elif IN_FORCE in step.before:
            PlanInForce.objects.filter(plan=plan).delete()
        return made


def _put_in_force(plan: PlanRow, access: Access) -> None:
    """It alone is in force in its counties; what was, is superseded."""
    counties = list(plan.counties.filter(begun=True).values_list("county_code", flat=True))
    held = PlanInForce.objects.select_for_update().filter(standard=plan.standard)
    for old in PlanRow.objects.filter(in_force__in=held.filter(county_code__in=counties)).select_related("case").distinct():
        _refuse_half(old, counties)
        take(APPROVAL, old.case, SUPERSEDE, access, note=f"由方案 {plan.pk} 替代", detail={"plan": plan.pk})
        PlanInForce.objects.filter(plan=old).delete()
    try:
        PlanInForce.objects.bulk_create(PlanInForce(county_code=each, standard=plan.standard, plan=plan) for each in counties)
    except IntegrityError as once:  # two at the same moment, where the database lets both begin
        raise JunhengError(
            _("%(plan)s：他人已先一步将同一县区的另一方案付诸执行 -> 刷新页面查看执行中的方案，再决定是否替代")
            % {"plan": plan.title}
        ) from once


def _refuse_half(old: PlanRow, counties: Sequence[str]) -> None:
    """A plan is in force in all of its counties or in none."""
    left = old.in_force.exclude(county_code__in=counties).values_list("county_code", flat=True)
    if left:
        raise JunhengError(
            _("%(plan)s（%(number)s）：还在 %(where)s 执行，新方案不包括 -> 先停止执行它，或编制包括这些县区的方案")
            % {"plan": old.title, "number": old.pk, "where": joined(left)}
        )

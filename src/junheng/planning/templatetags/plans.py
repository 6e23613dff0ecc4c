"""How the pages of plans write money, items and kinds, and where their numbers come from."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from junheng.indicators.forms.cells import short
from junheng.indicators.forms.layout import PARTS
from junheng.indicators.registry import INDICATORS
from junheng.kernel.codes import Verdict
from junheng.people.language import code_word, joined, unit_word
from junheng.planning.codes import MeasureKind, TeacherType
from junheng.planning.forms import words
from junheng.planning.forms.basis import ALLOWED, ALSO, price_cell
from junheng.planning.pricing import PRICES, UNITS
from junheng.planning.transitions import APPROVAL, APPROVED, DISCARDED, DRAFT, ENDED, IN_FORCE, REVIEWED, SUPERSEDED
from junheng.register.conditions import conditions_shown

register = template.Library()
RESOURCES = "yz.1."  # the items that a plan is about


@register.filter
def wan(yuan: Decimal | float | None) -> str:
    """Yuan as 万元, two places."""
    return words.wan(Decimal(str(yuan or 0))).text


@register.filter
def item_word(item: str) -> str:
    if not item:
        return "—"
    plain = item.removesuffix(words.CV)
    if get_language() != "en" or plain not in INDICATORS:
        return words.item_word(item)
    return f"{short(plain)} {INDICATORS[plain].name.replace('_', ' ')}" + (", spread" if item != plain else "")


@register.filter
def kind_word(kind: str) -> str:
    return code_word(kind, MeasureKind[kind].zh)


CHANNEL_CODES = {zh: channel.name for channel, zh in words.CHANNELS.items()}


@register.filter
def channel_words(told: str) -> str:
    """Who pays, and how much of it: as it was written when the plan was listed, in the language of the page."""
    return joined(_channel(each) for each in told.split("、"))


def _channel(told: str) -> str:
    name, blank, share = told.partition(" ")
    return code_word(CHANNEL_CODES[name], name) + blank + share if name in CHANNEL_CODES else gettext(told)


@register.filter
def measure_words(row: Any) -> str:
    """A measure as it was written; in English what is closed lists of it, and the school it is from."""
    if get_language() != "en":
        return str(row.sentence)
    source = gettext("，从%(school)s") % {"school": row.source_name} if row.source_name else ""
    return f"{row.year} {kind_word(row.kind)} {amount(row.amount)} {unit_word(row.unit, row.amount)}{source}"


@register.filter
def measure_about(row: Any) -> str:
    """What its kind and amount leave open, the same way."""
    if get_language() != "en":
        return str(row.about)
    known = [row.detail.replace("_", " ")] if row.detail in TeacherType.__members__ else []
    return joined(known + ([gettext("从%(school)s") % {"school": row.source_name}] if row.source_name else []))


@register.filter
def price_word(row: Mapping[str, Any]) -> str:
    return code_word(row["name"], row["zh"])


@register.filter
def stage_word(stage: str) -> str:
    return code_word(stage, words.stage_word(stage))


@register.filter
def plan_verdict(name: str) -> str:
    """A verdict in words; where the rule does not ask, that."""
    return code_word(name, Verdict[name].zh) if name else gettext(words.NOT_ASKED)


@register.filter
def percent(share: float, places: int = 2) -> str:
    return f"{100 * share:.{places}f}%"


@register.filter
def price(row: Mapping[str, Any]) -> str:
    text = price_cell(row).text
    return gettext(text) if row["unit"] == "yes or no" else text


@register.filter
def price_unit(row: Mapping[str, Any]) -> str:
    return unit_word(UNITS.get(row["unit"], str(row["unit"])), Fraction(row["value"]))


@register.filter
def price_where(row: Mapping[str, Any]) -> str:
    return conditions_shown(row["where"])


@register.simple_tag
def finding_href(plan: Any, item: str, school: str, county: str, stage: str) -> str:
    """The finding of the plan's own year that an item begins with; nothing where the stages share what is counted."""
    if stage not in PARTS or not item.startswith(RESOURCES):
        return ""
    level, group = ("county", county) if item.endswith(words.CV) or not school else ("school", school)
    return _href("finding", plan.year, item, level, group, stage)


@register.simple_tag
def school_href(school: str) -> str:
    return _href("school", school)


def _href(name: str, *args: Any) -> str:
    """An address of another room."""
    try:
        return str(reverse(name, args=args))
    except NoReverseMatch:
        return ""


@register.filter
def plan_state(state: str) -> str:
    return gettext(APPROVAL.states[state])


NEXT = {
    DRAFT: _("核对无不符后，由分管副局长审核"),
    REVIEWED: _("由局长批准，审核人和编制人不能批准"),
    APPROVED: _("由局长决定何时付诸执行；每个县区同一标准只有一个方案在执行"),
    IN_FORCE: _("各学校按方案中的措施和时限办理"),
    ENDED: _("不再执行"),
    SUPERSEDED: _("由新方案替代"),
    DISCARDED: _("不再使用"),
}


@register.filter
def plan_next(state: str) -> str:
    """Who does what next."""
    return str(NEXT[state])


@register.filter
def words_of(text: str) -> list[str]:
    return text.split()


@register.filter
def amount(number: Decimal | float) -> str:
    """Whole where it is whole, else with two places."""
    return words.plain(Decimal(str(number or 0))).text


@register.filter
def level(row: Any, name: str) -> str:
    """A level of an item with the places it is printed with; an unknown one is said to be."""
    value = getattr(row, name)
    if value is None:
        return str(_("未知"))
    if name in ("limit", "wanted") and not hasattr(row, "has"):
        return words.line_cell(value).text
    return f"{value:,.{words.places(row.item)}f}"


@register.filter
def missing(row: Any) -> str:
    """What stays short; of what nobody does two thirds, rounded up."""
    return words.missing_cell(row).text


@register.filter
def wan_signed(yuan: Decimal) -> str:
    return f"{yuan / words.WAN:+,.2f}"


@register.filter
def signed(yuan: Decimal) -> str:
    return f"{yuan:+,.2f}".removesuffix(".00")


ASKED = {
    "snapshot": _("数据版本"),
    "years": _("年限"),
    "budget": _("每县区每年最多（元）"),
    "margin": _("余量"),
    "discount": _("年贴现率"),
    "allow": _("还允许"),
    "also": _("还要求"),
    "forbid": _("不用的措施"),
    "times": _("价格乘以"),
    "values": _("上限改为"),
    "fixes": _("指定的措施"),
}


@register.filter
def asked_name(name: str) -> str:
    return str(ASKED[name])


@register.filter
def asked_word(code: str) -> str:
    return code_word(code, (ALLOWED | ALSO)[code])


@register.filter
def asked_value(value: Any, name: str) -> str:
    """What a plan was asked for, in words."""
    if value is None:
        return str(_("不限"))
    if name in ("margin", "discount"):
        return percent(value, 1)
    if isinstance(value, dict):
        return joined((f"{code_word(key, PRICES[key].zh)} {_plain(told)}" for key, told in value.items()), "；") or "—"
    if isinstance(value, list):
        return joined(kind_word(each) if name == "forbid" else _allowed(each) for each in value) or "—"
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _allowed(each: Any) -> str:
    return asked_word(each) if each in ALLOWED | ALSO else str(each)


def _plain(written: str) -> str:
    return f"{float(Fraction(written)):g}"


@register.filter
def changes(plan: Any) -> str:
    """What a variant was asked for on top of the standing prices."""
    told = (asked_value(plan.task[name], name) for name in ("times", "values", "forbid"))
    return joined((each for each in told if each != "—"), "；")

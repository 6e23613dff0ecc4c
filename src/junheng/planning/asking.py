"""What is asked of a plan, as a form. `forms` is the package of papers in this room, so the forms of Django stand here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from junheng.kernel.codes import Evidence
from junheng.people.language import code_word, joined, unit_word
from junheng.planning.balance.task import LONGEST, MOST_YUAN
from junheng.planning.codes import TERMS, MeasureKind, MoneyKind
from junheng.planning.forms.basis import UNITS, price_cell
from junheng.planning.forms.words import WAN
from junheng.planning.models import PlanRow

PERCENT = Decimal(100)
MOST_MINUTES = 240
ALLOW = (("classes", _("增开教学班（班额超过标准时）")), ("intake", _("调整招生范围（就近，按规定比例）")))


class AskForPlan(forms.Form):
    """A balance plan: for whom, by when, with how much money, what may and may not be done."""

    counties = forms.MultipleChoiceField(
        label=_("为哪些县区编制"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("各县区分别求解，合成一份方案；只看自己县区的人看不到包括别县的方案。"),
    )
    year = forms.TypedChoiceField(
        label=_("从哪个学年出发"), coerce=int, help_text=_("以这一学年在用的数据为起点推算今后各年的学生和教师。")
    )
    years = forms.TypedChoiceField(
        label=_("几年内达标"),
        coerce=int,
        choices=lambda: [(each, f"{each} {unit_word('年', each)}") for each in range(1, LONGEST + 1)],
        initial=3,
        help_text=_("按目标年 9 月 1 日的情况判断；那一天以前完成的措施才计入。"),
    )
    budget = forms.DecimalField(
        label=_("每县区每年最多花多少（万元）"),
        required=False,
        min_value=0,
        max_value=MOST_YUAN // WAN,
        decimal_places=4,
        help_text=_("不填则不限。钱不够时给出这些钱能达到的最好状态，并逐项列出还差什么。"),
    )
    margin = forms.DecimalField(
        label=_("留多少余量（%）"),
        min_value=0,
        max_value=50,
        initial=3,
        decimal_places=3,
        help_text=_("规划线比标准高出的比例。刚好压线的方案经不起一次转学，一般留 3%。"),
    )
    gap = forms.DecimalField(
        label=_("算到与最省相差多少为止（%）"),
        min_value=Decimal("0.001"),
        max_value=50,
        initial=Decimal("0.1"),
        decimal_places=3,
        help_text=_("越小算得越久。0.1% 指：已证明没有任何方案能再省 0.1% 以上。"),
    )
    minutes = forms.IntegerField(
        label=_("最多算几分钟"),
        required=False,
        min_value=1,
        max_value=MOST_MINUTES,
        help_text=_("不填则算到上面的差距为止。到时停下，保留已有的最好方案并写明差距。"),
    )
    allow = forms.MultipleChoiceField(
        label=_("还允许什么"),
        required=False,
        choices=ALLOW,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("缺省都不允许。布局调整须先按程序论证、公示、听证、报批，不在这里选择。"),
    )
    also = forms.MultipleChoiceField(
        label=_("还要求什么"),
        required=False,
        choices=[("special_rooms", _("音乐、美术专用教室配齐"))],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("除七项资源配置和差异系数之外，一并规划。"),
    )
    forbid = forms.MultipleChoiceField(
        label=_("不用哪些措施"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("排除后可能更贵，也可能达不到；达不到的会逐项列出。"),
    )

    def __init__(self, *args: Any, counties: Mapping[str, str], years: Mapping[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["counties"].choices = list(counties.items())
        self.fields["counties"].initial = list(counties) if len(counties) == 1 else []
        self.fields["year"].choices = list(years.items())
        self.fields["forbid"].choices = _kinds()

    def asked(self) -> dict[str, Any]:
        """As the job is asked: exact numbers as text."""
        told = self.cleaned_data
        return {
            "counties": told["counties"],
            "year": told["year"],
            "years": told["years"],
            "budget": None if told["budget"] is None else str(told["budget"] * WAN),
            "margin": str(told["margin"] / PERCENT),
            "gap": str(told["gap"] / PERCENT),
            "seconds": told["minutes"] * 60 if told["minutes"] else None,
            "allow": sorted(told["allow"]),
            "also": sorted(told["also"]),
            "forbid": sorted(told["forbid"]),
            "seed": 0,
        }


def _kinds() -> list[tuple[str, list[tuple[str, str]]]]:
    """The measures that may be left out, by what their money is spent on; a merger is none that is used unasked."""
    known = [(kind, terms) for kind, terms in TERMS.items() if kind is not MeasureKind.merge]
    return [
        (code_word(money.name, money.zh),
         [(kind.name, code_word(kind.name, kind.zh)) for kind, terms in known if terms.money is money])
        for money in MoneyKind
        if any(terms.money is money for _, terms in known)
    ]


# prices and caps that a slider may move, where a plan uses them: by how much at most, times its value
SLIDERS = (
    "recruit_running",
    "move_teacher_running",
    "build_price",
    "convert_price",
    "hall_price",
    "shed_price",
    "artificial_ground_price",
    "hard_court_price",
    "level_ground_price",
    "land_price",
    "buy_equipment_price",
    "network_room_price",
    "degree_study_price",
)
CAPS = {  # the least and the most, and the step of the slider
    "rotation_share": (Decimal(0), Decimal("0.5"), Decimal("0.01")),
    "move_distance_km": (Decimal(5), Decimal(150), Decimal(5)),
    "sites_a_year": (Decimal(0), Decimal(20), Decimal(1)),
    "convertible_share": (Decimal(0), Decimal(1), Decimal("0.05")),
    "equipment_movable_share": (Decimal(0), Decimal(1), Decimal("0.05")),
    "backbone_share": (Decimal(0), Decimal("0.5"), Decimal("0.01")),
}
LEAST_TIMES, MOST_TIMES, STEP_TIMES = 50, 200, 5  # percent of the price


class AskWhatIf(forms.Form):
    """The plan again with other prices and caps, or without some measures: a slider for each that it uses."""

    def __init__(self, *args: Any, plan: PlanRow, used: Mapping[str, str], **more: Any) -> None:
        """`used`: the kinds of measures in the plan, code and name."""
        super().__init__(*args, **more)
        self.plan = plan
        told: dict[str, list[Mapping[str, Any]]] = {}
        for each in plan.prices:
            told.setdefault(each["name"], []).append(each)
        for name in SLIDERS:
            if name in told:
                self.fields[name] = _percent(told[name])
        for name, (least, most, step) in CAPS.items():
            if name in told:
                self.fields[name] = _cap(told[name], least, most, step)
        self.fields["forbid"] = forms.MultipleChoiceField(
            label=_("如果不用这些措施"), required=False, choices=list(used.items()), widget=forms.CheckboxSelectMultiple
        )

    @property
    def prices(self) -> list[forms.BoundField]:
        return [self[name] for name in SLIDERS if name in self.fields]

    @property
    def caps(self) -> list[forms.BoundField]:
        return [self[name] for name in CAPS if name in self.fields]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not self.fix():
            raise forms.ValidationError(_("还没有改变任何条件 -> 拖动一项或勾选一项后再算"))
        return told

    def fix(self) -> str:
        """What was changed, as a file of `--fix`; empty where nothing was."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        before = self.plan.task["times"]
        for name in SLIDERS:
            percent = self.cleaned_data.get(name)
            if percent is not None and percent != ALL_OF_IT:
                times = Fraction(before.get(name, "1")) * percent / 100
                yield f'[[price]]\nname = "{name}"\ntimes = {_decimal(times)}'
        for name in CAPS:
            value = self.cleaned_data.get(name)
            if value is not None and value != self.fields[name].initial:
                yield f'[[limit]]\nname = "{name}"\nvalue = {_decimal(Fraction(value) / self.fields[name].per)}'
        yield from (f'[[forbid]]\nkind = "{kind}"' for kind in self.cleaned_data.get("forbid", ()))


ALL_OF_IT = 100


def _decimal(number: Fraction) -> str:
    return f"{float(number):.6f}".rstrip("0").rstrip(".")


def _percent(prices: Sequence[Mapping[str, Any]]) -> forms.IntegerField:
    return forms.IntegerField(
        label=_named(prices[0], "%"),
        min_value=LEAST_TIMES,
        max_value=MOST_TIMES,
        initial=ALL_OF_IT,
        help_text=_told(prices),
        widget=forms.NumberInput(attrs={"data-slider": "", "step": STEP_TIMES}),
    )


class _Cap(forms.DecimalField):
    """A cap; a share is asked for in percent."""

    per = 1


def _cap(prices: Sequence[Mapping[str, Any]], least: Decimal, most: Decimal, step: Decimal) -> _Cap:
    price = prices[0]
    per = 100 if price["unit"] == "share" else 1
    value = Fraction(price["value"]) * per
    field = _Cap(
        label=_named(price, "%" if per > 1 else unit_word(UNITS.get(price["unit"], ""))),
        min_value=least * per,
        max_value=most * per,
        initial=Decimal(value.numerator) / Decimal(value.denominator),
        help_text=_told(prices),
        widget=forms.NumberInput(attrs={"data-slider": "", "step": step * per}),
    )
    field.per = per
    return field


def _told(prices: Sequence[Mapping[str, Any]]) -> str:
    """The values in the plan, and what they rest on."""
    price, values = prices[0], joined(dict.fromkeys(price_cell(each).text for each in prices))
    sure = "" if price["evidence"] == Evidence.read.name else gettext("；待确认")
    unit, paper = unit_word(UNITS.get(price["unit"], price["unit"])), gettext(price["paper"].removesuffix("，待当地确认"))
    return gettext("方案中 %(values)s %(unit)s；%(paper)s") % {"values": values, "unit": unit, "paper": paper} + sure


def _named(price: Mapping[str, Any], unit: str) -> str:
    return gettext("%(name)s（%(unit)s）") % {"name": code_word(price["name"], price["zh"]), "unit": unit}

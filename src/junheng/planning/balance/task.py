"""What is asked of a balance plan, and of which city; with what users may not ask."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.kernel.faults import Exit, JunhengError
from junheng.planning.codes import MeasureKind
from junheng.planning.given import text_of
from junheng.planning.not_allowed import REFUSED, sentence
from junheng.planning.pricing import PRICES, wrong_number, wrong_value
from junheng.planning.refusals import Refusals
from junheng.register.codes import ALL_STAGES

STANDARD = "quality_balance_2017"
LONGEST = 5  # years
MOST_YUAN = 10**12  # far over what any county has: more is a slip of the finger
MOST_TIMES = 1_000  # its value, that a price is asked about at
ALLOWED = ("classes", "intake", "merge")
ALSO = ("special_rooms",)


@dataclass(frozen=True)
class Fix:
    """A demand of the user on one measure: how much of it, at least, at most or exactly. Empty fields stand for any."""

    kind: MeasureKind
    school: str = ""
    stage: str = ""
    year: int = 0
    least: Fraction | None = None
    most: Fraction | None = None

    def sentence(self) -> str:
        where = " ".join(filter(None, (self.school, self.stage, f"{self.year}年" if self.year else "")))
        bounds = "，".join(
            filter(
                None,
                (
                    f"不少于 {_plain(self.least)}" if self.least is not None else "",
                    f"不多于 {_plain(self.most)}" if self.most is not None else "",
                ),
            )
        )
        return f"用户要求：{where} {self.kind.zh}{bounds}".replace("： ", "：")


def _plain(number: Fraction | None) -> str:
    return "" if number is None else f"{float(number):g}"


def _written(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


@dataclass(frozen=True)
class Wishes:
    """What a file of `--fix` says: demands on measures, prices and limits at another value, and that the county must pass."""

    fixes: tuple[Fix, ...] = ()
    forbidden: frozenset[MeasureKind] = frozenset()
    times: Mapping[str, Fraction] = field(default_factory=dict)
    values: Mapping[str, Fraction] = field(default_factory=dict)
    must_pass: bool = False
    merges: tuple[tuple[str, str], ...] = ()

    def and_more(self, more: Wishes) -> Wishes:
        """These with others on top: all demands of both, and the later of two values."""
        return Wishes(
            (*self.fixes, *more.fixes),
            self.forbidden | more.forbidden,
            {**self.times, **more.times},
            {**self.values, **more.values},
            self.must_pass or more.must_pass,
            (*self.merges, *more.merges),
        )

    def as_json(self) -> dict[str, Any]:
        """As the task of a plan tells them, for whoever checks it; exact numbers are strings."""
        return {
            "demands": [
                {
                    "kind": fix.kind.name,
                    "school": fix.school,
                    "stage": fix.stage,
                    "year": fix.year,
                    "least": _written(fix.least),
                    "most": _written(fix.most),
                }
                for fix in self.fixes
            ],
            "times": {name: str(value) for name, value in self.times.items()},
            "values": {name: str(value) for name, value in self.values.items()},
            "must_pass": self.must_pass,
            "merges": [list(each) for each in self.merges],
        }


Key = tuple[MeasureKind, str, str, int, str, str]  # kind, school, stage, year, source and detail of a measure


@dataclass(frozen=True)
class Task:
    """One run. `budget` is yuan a year for each county; `discount` a year."""

    city: Path
    counties: tuple[str, ...] = ()
    standard: str = STANDARD
    year: int | None = None
    years: int = 3
    budget: Fraction | None = None
    prices: Path | None = None
    margin: Fraction = Fraction(3, 100)
    discount: Fraction = Fraction(0)
    allow: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    forbid: frozenset[MeasureKind] = frozenset()
    wishes: Wishes = field(default_factory=Wishes)
    pupils: Path | None = None
    fix: tuple[Path, ...] = ()  # the files that the wishes were read from, the later laid over the earlier
    near: frozenset[Key] = frozenset()  # measures of another plan, kept where they serve as well
    steps: tuple[tuple[str, Fraction], ...] = ()  # what an analysis loosens: a rule's name, and by how much
    snapshot: str = ""  # the version that a plan was made from; empty for the one in force

    def step(self, name: str) -> Fraction:
        """By how much a rule is loosened; 0 where it is not."""
        return sum((by for of, by in self.steps if of == name), Fraction(0))

    @property
    def inputs(self) -> dict[str, dict[str, str]]:
        """The files given with the task, as text: with them a plan can be made again."""
        fixes = {f"fix{number if number > 1 else ''}": path for number, path in enumerate(self.fix, 1)}
        given = {"prices": self.prices, **fixes, "pupils": self.pupils}
        return {name: {"name": path.name, "text": text_of(path)} for name, path in given.items() if path}

    def refuse_what_cannot_be(self) -> None:
        """All that is wrong with the numbers of a task, in one refusal."""
        wrong = [
            words
            for is_wrong, words in (
                (self.standard != STANDARD, f"--standard {self.standard}：现在能规划的标准只有 {STANDARD} -> 改正 --standard"),
                (not 1 <= self.years <= LONGEST, f"--years {self.years}：应为 1 至 {LONGEST} 的整数 -> 改正 --years"),
                (
                    self.budget is not None and not 0 <= self.budget <= MOST_YUAN,
                    f"--budget：预算应为 0 至 {MOST_YUAN:,} 的元数 -> 改正 --budget",
                ),
                (not 0 <= self.margin <= Fraction(1, 2), "--margin：余量应在 0 和 0.5 之间，如 0.03 -> 改正 --margin"),
                (not 0 <= self.discount < 1, "--discount：贴现率应在 0 和 1 之间，如 0.03 -> 改正 --discount"),
            )
            if is_wrong
        ]
        if wrong:
            raise JunhengError("\n".join(wrong))


# --- what is not allowed ---------------------------------------------------------------------------------------


def known_kind(name: object, where: str) -> MeasureKind:
    """A kind of measure by its name. Errors: what is not allowed, with its sentence; what is not known, with what there is."""
    if str(name) in REFUSED:
        raise JunhengError(
            f"{where}：{REFUSED[str(name)]['zh']}不允许：{sentence(str(name))} -> 去掉这一条，用其他措施", Exit.usage
        )
    if str(name) not in MeasureKind.__members__:
        there = "、".join(f"{kind.name}（{kind.zh}）" for kind in MeasureKind)
        raise JunhengError(f"{where}：没有措施“{name}”；可用：{there} -> 改正后重试")
    return MeasureKind[str(name)]


def known_kinds(names: Sequence[str], option: str) -> frozenset[MeasureKind]:
    """Kinds of measures by their names. Errors: all that are none, or not allowed, in one refusal."""
    refusals, kinds = Refusals(), set[MeasureKind]()
    for name in names:
        with refusals.heard():
            kinds.add(known_kind(name, f"{option} {name}"))
    refusals.tell()
    return frozenset(kinds)


def refuse_nowhere(fixes: Sequence[Fix], stages: Collection[tuple[str, str]], years: range) -> None:
    """Errors: JunhengError for demands at a school, a stage or in a year that the plan does not know; `stages` are those of each
    school.
    """
    schools = {school for school, _ in stages}
    wrong = [
        f"{fix.sentence()}：{words} -> 改正 --fix 文件后重试"
        for fix in fixes
        for is_wrong, words in (
            (fix.school not in ("", *schools), f"没有学校 {fix.school}"),
            (fix.stage not in ("", ALL_STAGES, *_taught(fix.school, stages)), f"没有学段 {fix.stage}"),
            (fix.year and fix.year not in years, f"规划的年份是 {years[0]} 至 {years[-1]}"),
        )
        if is_wrong
    ]
    if wrong:
        raise JunhengError("\n".join(wrong))


def _taught(school: str, stages: Collection[tuple[str, str]]) -> list[str]:
    return [stage for own, stage in stages if school in ("", own)]


def read_wishes(*paths: Path) -> Wishes:
    """The demands of files, the later laid over the earlier. Errors: JunhengError with all that is wrong in one of them."""
    from junheng.standards.law import read_toml

    found = Wishes()
    for path in paths:
        if not path.is_file():
            raise JunhengError(f"{path}：没有这个文件 -> 检查 --fix 的路径")
        found = found.and_more(_Reading(path.name, read_toml(path)).wishes())
    return found


SECTIONS: Mapping[str, tuple[str, ...]] = {  # of a file of `--fix`, and what a row of each may say
    "fix": ("kind", "school", "stage", "year", "amount", "least", "most"),
    "forbid": ("kind",),
    "price": ("name", "value", "times"),
    "limit": ("name", "value"),
    "merge": ("school", "into"),
}


@dataclass
class _Reading:
    name: str
    sheet: Mapping[str, Any]
    wrong: list[str] = field(default_factory=list)

    def wishes(self) -> Wishes:
        self._unknown_words()
        found = Wishes(
            tuple(filter(None, (self._fix(number, row) for number, row in enumerate(self._rows("fix"), 1)))),
            frozenset(filter(None, (self._forbidden(number, row) for number, row in enumerate(self._rows("forbid"), 1)))),
            self._numbers("price", "times"),
            {**self._numbers("price", "value"), **self._numbers("limit", "value")},
            self.sheet.get("must_pass", False),
            tuple(self._merges()),
        )
        if self.wrong:
            told = dict.fromkeys(each if "->" in each else f"{each} -> 改正后重试" for each in self.wrong)
            raise JunhengError("\n".join(told))
        return found

    def _unknown_words(self) -> None:
        known = [*SECTIONS, "must_pass"]
        self.wrong += [f"{self.name}：没有“{name}”这一节；可用：{'、'.join(known)}" for name in self.sheet if name not in known]
        for section, words in SECTIONS.items():
            for number, row in enumerate(self._rows(section), 1):
                if unknown := [name for name in row if name not in words]:
                    where = f"{self.name} 第{number}条 [[{section}]]"
                    self.wrong.append(f"{where}：没有“{'、'.join(unknown)}”这一项；可用：{'、'.join(words)}")
        if not isinstance(self.sheet.get("must_pass", False), bool):
            self.wrong.append(f"{self.name} must_pass：应为 true 或 false")

    def _rows(self, name: str) -> Sequence[Any]:
        rows = self.sheet.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.wrong.append(f"{self.name} [[{name}]]：应为若干条 [[{name}]]")
            return ()
        return rows

    def _kind(self, where: str, row: Mapping[str, Any]) -> MeasureKind | None:
        try:
            return known_kind(row.get("kind"), where)
        except JunhengError as refused:
            self.wrong.append(str(refused))
            return None

    def _fix(self, number: int, row: Mapping[str, Any]) -> Fix | None:
        where = f"{self.name} 第{number}条 [[fix]]"
        kind, bounds = self._kind(where, row), {}
        for name in ("amount", "least", "most"):
            if name in row and (wrong := wrong_number(row[name], MOST_YUAN)):
                self.wrong.append(f"{where}：{name} {wrong}")
            elif name in row:
                bounds[name] = Fraction(str(row[name]))
        if not bounds:
            self.wrong.append(f"{where}：应写 amount、least 或 most 之一")
        exact = bounds.get("amount")
        least, most = bounds.get("least", exact), bounds.get("most", exact)
        if least is not None and most is not None and least > most:
            self.wrong.append(f"{where}：least 大于 most")
        year = row.get("year", 0)
        if not isinstance(year, int) or isinstance(year, bool):
            self.wrong.append(f"{where}：year 应为整数年份，如 2027")
            return None
        return None if kind is None else Fix(kind, str(row.get("school", "")), str(row.get("stage", "")), year, least, most)

    def _forbidden(self, number: int, row: Mapping[str, Any]) -> MeasureKind | None:
        return self._kind(f"{self.name} 第{number}条 [[forbid]]", row)

    def _numbers(self, section: str, what: str) -> dict[str, Fraction]:
        found: dict[str, Fraction] = {}
        for number, row in enumerate(self._rows(section), 1):
            where, name = f"{self.name} 第{number}条 [[{section}]]", str(row.get("name", ""))
            if name not in PRICES.limits:
                self.wrong.append(f"{where}：没有名为“{name}”的价格或上限")
            elif what in row:
                wrong = wrong_number(row[what], MOST_TIMES) if what == "times" else wrong_value(name, row[what])
                self.wrong += [f"{where}：{what} {wrong}"] if wrong else []
                found[name] = Fraction(0 if wrong else str(row[what]))
            elif "times" not in row and "value" not in row:
                self.wrong.append(f"{where}：应写 value（改为多少）或 times（乘以多少）")
        return found

    def _merges(self) -> list[tuple[str, str]]:
        found = []
        for number, row in enumerate(self._rows("merge"), 1):
            if not row.get("school") or not row.get("into"):
                self.wrong.append(f"{self.name} 第{number}条 [[merge]]：应写 school（并入方）和 into（接收方）的标识码")
            else:
                found.append((str(row["school"]), str(row["into"])))
        return found

"""What is asked of a balance plan, and of which city; with what users may not ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.kernel.faults import Exit, JunhengError
from junheng.planning.codes import MeasureKind
from junheng.planning.given import text_of
from junheng.planning.not_allowed import REFUSED, sentence

STANDARD = "quality_balance_2017"
LONGEST = 5  # years
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
    fix: Path | None = None  # the file that the wishes were read from
    near: frozenset[Key] = frozenset()  # measures of another plan, kept where they serve as well
    steps: tuple[tuple[str, Fraction], ...] = ()  # what an analysis loosens: a rule's name, and by how much

    def step(self, name: str) -> Fraction:
        """By how much a rule is loosened; 0 where it is not."""
        return sum((by for of, by in self.steps if of == name), Fraction(0))

    @property
    def inputs(self) -> dict[str, dict[str, str]]:
        """The files given with the task, as text: with them a plan can be made again."""
        given = {"prices": self.prices, "fix": self.fix, "pupils": self.pupils}
        return {name: {"name": path.name, "text": text_of(path)} for name, path in given.items() if path}

    def refuse_what_cannot_be(self) -> None:
        """All that is wrong with the numbers of a task, in one refusal."""
        wrong = [
            words
            for is_wrong, words in (
                (self.standard != STANDARD, f"--standard {self.standard}：现在能规划的标准只有 {STANDARD} -> 改正 --standard"),
                (not 1 <= self.years <= LONGEST, f"--years {self.years}：应为 1 至 {LONGEST} 的整数 -> 改正 --years"),
                (self.budget is not None and self.budget < 0, "--budget：预算应为不小于0的元数 -> 改正 --budget"),
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


def read_wishes(path: Path) -> Wishes:
    """The demands of a file. Errors: JunhengError with all that is wrong in it."""
    from junheng.standards.law import read_toml

    if not path.is_file():
        raise JunhengError(f"{path}：没有这个文件 -> 检查 --fix 的路径")
    return _Reading(path.name, read_toml(path)).wishes()


@dataclass
class _Reading:
    name: str
    sheet: Mapping[str, Any]
    wrong: list[str] = field(default_factory=list)

    def wishes(self) -> Wishes:
        known = {"fix", "forbid", "price", "limit", "must_pass", "merge"}
        self.wrong += [
            f"{self.name}：没有“{name}”这一节；可用：{'、'.join(sorted(known))}" for name in self.sheet if name not in known
        ]
        found = Wishes(
            tuple(filter(None, (self._fix(number, row) for number, row in enumerate(self._rows("fix"), 1)))),
            frozenset(filter(None, (self._forbidden(number, row) for number, row in enumerate(self._rows("forbid"), 1)))),
            self._numbers("price", "times"),
            {**self._numbers("price", "value"), **self._numbers("limit", "value")},
            bool(self.sheet.get("must_pass", False)),
            tuple(self._merges()),
        )
        if self.wrong:
            raise JunhengError("\n".join(each if "->" in each else f"{each} -> 改正后重试" for each in self.wrong))
        return found

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
            if name in row and not _is_number(row[name]):
                self.wrong.append(f"{where}：{name} 应为不小于0的数")
            elif name in row:
                bounds[name] = Fraction(str(row[name]))
        if not bounds:
            self.wrong.append(f"{where}：应写 amount、least 或 most 之一")
        exact = bounds.get("amount")
        least, most = bounds.get("least", exact), bounds.get("most", exact)
        if least is not None and most is not None and least > most:
            self.wrong.append(f"{where}：least 大于 most")
        return (
            None
            if kind is None
            else Fix(kind, str(row.get("school", "")), str(row.get("stage", "")), int(row.get("year", 0) or 0), least, most)
        )

    def _forbidden(self, number: int, row: Mapping[str, Any]) -> MeasureKind | None:
        return self._kind(f"{self.name} 第{number}条 [[forbid]]", row)

    def _numbers(self, section: str, what: str) -> dict[str, Fraction]:
        from junheng.planning.pricing import PRICES

        found: dict[str, Fraction] = {}
        for number, row in enumerate(self._rows(section), 1):
            where, name = f"{self.name} 第{number}条 [[{section}]]", str(row.get("name", ""))
            if name not in PRICES.limits:
                self.wrong.append(f"{where}：没有名为“{name}”的价格或上限")
            elif what in row and not _is_number(row[what]):
                self.wrong.append(f"{where}：{what} 应为不小于0的数")
            elif what in row:
                found[name] = Fraction(str(row[what]))
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


def _is_number(value: object) -> bool:
    from decimal import Decimal

    return isinstance(value, int | Decimal) and not isinstance(value, bool) and value >= 0

"""What a document becomes. All places are offsets into the clean text; `Text.raw_span` tells where that is in the file's text.

Units: offsets count characters; numbers are exact `Decimal`s, `None` where masked, blank or not said.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from junheng.documents.codes import BodySource, ComparisonKind, Exactness, FigureRole, Judgement, SuggestionKind, Tense

Span = tuple[int, int]
QUOTE = 40  # characters that a quote shows at most


@dataclass(frozen=True)
class Raw:
    """A file as decoded: its text for ever, the digest of its bytes, what was said while opening it."""

    name: str
    sha256: str
    format: str  # txt, md, html, docx, pdf, doc, wps
    text: str
    notes: tuple[str, ...] = ()  # Chinese: what was lost, or could not be read


@dataclass(frozen=True)
class Repair:
    """One change between the raw and the clean text, or one that is only offered (`done` is False).

    `span` are offsets into the raw text; `was` is what stands there, `now` what the clean text has instead. `number` counts
    the repairs of a text from 1; `decided` says that a person wanted `done` otherwise than it comes by itself.
    """

    kind: str  # name of a `RepairKind`
    span: Span
    was: str
    now: str
    why: str  # evidence, in Chinese
    done: bool
    number: int = 0
    decided: bool = False


@dataclass(frozen=True)
class Part:
    """One speech or report of a file that may hold several; `start:end` in the clean text."""

    title: str
    start: int
    end: int
    on_topic: bool
    why: str = ""  # where it is off the topic: why it is thought so


@dataclass(frozen=True)
class Text:
    """The clean text, and where each of its characters stood."""

    raw: str
    clean: str
    raw_at: array[int]  # raw offset of every clean character; one more for the end
    repairs: tuple[Repair, ...] = ()
    parts: tuple[Part, ...] = ()

    def is_read(self, part: int) -> bool:
        """Whether part number `part` is looked through for claims and tasks: one off the topic only where there is no other."""
        known = part < len(self.parts) and any(each.on_topic for each in self.parts)
        return not known or self.parts[part].on_topic

    def raw_span(self, span: Span) -> Span:
        """Where a stretch of the clean text stood in the raw text."""
        start, end = span
        return (self.raw_at[start], self.raw_at[end - 1] + 1) if end > start else (self.raw_at[start], self.raw_at[start])


@dataclass(frozen=True)
class Heading:
    """A heading with everything under it, nested by its family: 一、 (一) 1. 一是."""

    number: str  # as printed, "" where it has none
    title: str
    family: str
    level: int
    start: int  # of the heading
    body: int   # where the text under it begins
    end: int    # of all that is under it
    tense: Tense | None
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """Up to a 。！？； or the end of a line, with the headings it stands under."""

    start: int
    end: int
    tense: Tense | None
    path: tuple[str, ...]  # titles of the headings above, outermost first
    part: int              # number of its part, from 0


@dataclass(frozen=True)
class Outline:
    headings: tuple[Heading, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Period:
    """When a figure is of: what is printed, and the year where it is known."""

    printed: str
    year: int | None
    inferred_by: str = ""  # the anchor a masked year was resolved by, in Chinese; "" where it is printed


@dataclass(frozen=True)
class Comparison:
    kind: ComparisonKind
    direction: int = 0   # 1 up, -1 down, 0 not said
    versus: str = ""     # 上年, 2010年, the printed whole of a part, ...


@dataclass(frozen=True)
class Figure:
    """One number with its meaning. `start:end` is the printed number alone, without its unit."""

    start: int
    end: int
    quote: str
    printed: str
    value: Decimal | None      # as printed, before the scale; of a range its lower end; None where masked or blank
    high: Decimal | None       # the upper end of a range, or of a mask such as 20xx
    exactness: Exactness
    unit: str                  # as printed with its scale, tidied: 人, 万元, %, 个百分点, m²
    scale: Decimal             # 万 = 10000: value x scale is in the base unit
    indicator_raw: str         # what the text calls it
    indicator: str | None      # item of the indicator catalogue
    stage: str | None
    period: Period
    place: str
    role: FigureRole
    comparison: Comparison | None
    second: Decimal | None = None  # of a ratio a:b, its b

    @property
    def half_unit(self) -> Decimal:
        """Half a unit of the last printed place, in the base unit: how far rounding can have moved it."""
        assert self.value is not None
        return Decimal(5).scaleb(int(self.value.as_tuple().exponent) - 1) * self.scale


@dataclass(frozen=True)
class Blank:
    """A number somebody hid or left open: a line of the office's list of what to fill in. Of one that was left out before its
    unit (总投资万元) `printed` is that unit."""

    start: int
    end: int
    quote: str
    printed: str
    unit: str
    indicator_raw: str
    kind: str  # year, number
    role: FigureRole = FigureRole.actual  # what the hidden number does in its sentence


@dataclass(frozen=True)
class Check:
    """One claim and what can be said of it; `spans` are the places it rests on, the claim itself first."""

    claim: str
    kind: str  # difference, growth, base, yearly_growth, parts, ratio, rank, rate, count, calendar, plausible, rule, ...
    spans: tuple[Span, ...]
    judgement: Judgement
    recomputed: str   # the number or list that should stand there, "" where there is none
    reason: str       # Chinese: how it was worked out, in one sentence


@dataclass(frozen=True)
class Goal:
    """A target figure with its day, one that somebody hid (`blank`), or an aim in words."""

    start: int
    end: int
    text: str
    figure: Figure | None
    deadline: str
    due: date | None
    path: tuple[str, ...]
    blank: Blank | None = None


@dataclass(frozen=True)
class Task:
    """What somebody must do: one line of a 任务分解表."""

    start: int
    end: int
    text: str
    action: str
    object: str
    body: str
    body_source: BodySource
    joint: tuple[str, ...]
    deadline: str      # as printed or worked out: 4月, 年底前, 每年
    due: date | None   # the last day, where it can be told
    measure: str       # "" = needs a measure
    path: tuple[str, ...]
    vague: bool = False


@dataclass(frozen=True)
class Suggestion:
    """What a suggester proposes of the place `start:end`: words of the source, never more; a person decides."""

    kind: SuggestionKind
    start: int
    end: int
    words: tuple[str, ...]   # the phrase, the body, or the parts of a task


@dataclass(frozen=True)
class Reading:
    """All that a document says."""

    source: Raw
    text: Text
    title: str
    day: date | None       # of the document, where it can be told
    day_inferred_by: str
    outline: Outline
    figures: tuple[Figure, ...] = ()
    blanks: tuple[Blank, ...] = ()
    checks: tuple[Check, ...] = ()
    goals: tuple[Goal, ...] = ()
    tasks: tuple[Task, ...] = ()
    notes: tuple[str, ...] = field(default=())
    suggestions: tuple[Suggestion, ...] = ()

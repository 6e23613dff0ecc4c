"""Where documents name somebody: each sentence, what was read of it, and what became of its promise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Case, Count, IntegerField, Min, Q, QuerySet, Value, When
from django.urls import reverse

from junheng.documents.codes import Kept
from junheng.documents.models import Comparison, Document, Item, SentenceRow
from junheng.people.permissions import Action
from junheng.people.scope import Access

TOLD = ("tasks", "goals", "checks", "figures")  # what is read of a sentence, that of most weight first


def documents_of(access: Access) -> QuerySet[Document]:
    """Documents of the person's reach: the city's own for who reaches the city."""
    return Document.objects.filter(access.reach(Action.see_documents).rows(township="", school=""))


@dataclass(frozen=True)
class Outcome:
    """What a report says of the promise that the sentence makes."""

    comparison: Comparison
    verdict: Kept


@dataclass
class Mention:
    """A sentence that names what was asked for; `many` sentences of the same document do, where only the first is told."""

    sentence: SentenceRow
    many: int = 1
    item: Item | None = None
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def document(self) -> Document:
        return self.sentence.document

    @property
    def href(self) -> str:
        """The sentence on the page of its document, at what was read of it."""
        address = f"{reverse('document', args=[self.sentence.document_id])}?at={self.sentence.start}"
        return f"{address}&kind={self.item.kind}#i{self.item.pk}" if self.item else address

    def holds(self, start: int, end: int) -> bool:
        return start < self.sentence.end and end > self.sentence.start


def mentions(documents: QuerySet[Document], names: Iterable[str], longer: Iterable[str], most: int) -> tuple[list[Mention], int]:
    """The sentences that name one of `names`, of the newest documents first, and how many there are.

    A name that stands only inside one of `longer` is somebody else's: 青岗小学 is not named by 东青岗小学.
    """
    asked, others = set(names), sorted(longer, key=len, reverse=True)
    said = SentenceRow.objects.filter(_any(asked), document__in=documents).order_by("-document__uploaded", "-document", "start")
    found = [Mention(each) for each in said.select_related("document") if _names(each.text, asked, others)]
    return _told(found[:most]), len(found)


def first_mentions(documents: QuerySet[Document], name: str, most: int) -> list[Mention]:
    """Of each document that names it the first sentence that does, and how many do."""
    said = SentenceRow.objects.filter(document__in=documents, text__contains=name)
    counts = said.order_by().values("document").annotate(many=Count("pk"), first=Min("start")).order_by("-document")[:most]
    firsts = {(each["document"], each["first"]): each["many"] for each in counts}
    rows = SentenceRow.objects.filter(document__in=[each for each, _ in firsts], start__in=[each for _, each in firsts])
    found = [Mention(each, firsts[each.document_id, each.start]) for each in rows.select_related("document").order_by("-document")
             if (each.document_id, each.start) in firsts]
    return _told(found)


def _any(names: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for name in names:
        found |= Q(text__contains=name)
    return found


def _names(text: str, names: Iterable[str], others: Sequence[str]) -> bool:
    for other in others:
        text = text.replace(other, "\n")
    return any(name in text for name in names)


def _told(found: list[Mention]) -> list[Mention]:
    """With the item of most weight, and the promises that were held against a report."""
    if not found:
        return []
    documents = {each.sentence.document_id for each in found}
    items = list(_items(found))
    compared = [(one, row) for one in Comparison.objects.filter(plan__in=documents) for row in one.rows if row["place"]]
    for each in found:
        own = (item for item in items if item.document_id == each.sentence.document_id)
        each.item = next((item for item in own if each.holds(item.start, item.end)), None)
        each.outcomes = [Outcome(one, Kept[row["verdict"]]) for one, row in compared
                         if one.plan_id == each.sentence.document_id and each.holds(*row["place"])]
    return found


def _items(found: Iterable[Mention]) -> QuerySet[Item]:
    """What was read anywhere in these sentences, that of most weight first."""
    places = Q(pk__in=[])
    for each in found:
        places |= Q(document=each.sentence.document_id, start__lt=each.sentence.end, end__gt=each.sentence.start)
    weight = Case(*(When(kind=kind, then=Value(place)) for place, kind in enumerate(TOLD)), output_field=IntegerField())
    return Item.objects.filter(places, kind__in=TOLD).annotate(weight=weight).order_by("weight", "start")

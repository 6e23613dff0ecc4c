"""Who does it: the subject that is printed, those who join, else a suggestion from bodies.toml."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from junheng.documents.codes import BodySource
from junheng.documents.tasks.clauses import verb_follows

_TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "bodies.toml").read_text(encoding="utf-8"))
_NAME = "[^，,。；;：:、\\s（）()“”《》要必须将应的是把在对以为了通使让和与及不有就]"
_ONE = f"{_NAME}{{0,14}}?(?:{'|'.join(_TABLE['nouns'])})(?:部门|单位|局|分局)?"
_LIST = f"{_ONE}(?:[、和与及]{_ONE}){{0,8}}(?:等(?:有关|相关)?(?:部门|单位|学校)?)?"
_MODAL = "|".join(_TABLE["modals"])
_OPENING = f"(?:{'|'.join(_TABLE['openings'])})*"
_SUBJECT = re.compile(f"^{_OPENING}(?P<body>(?:各级各有关部门|{_LIST}))(?P<modal>{_MODAL})")
_OFFICE = re.compile(f"^{_OPENING}(?P<body>{_LIST})(?<=[局委办科股室馆处])(?={verb_follows()})")  # 人事股发布公告
_ASKED = re.compile(f"^{_OPENING}(?:建议|希望|请)(?P<body>{_LIST})")
_BY = re.compile(f"由(?P<body>{_LIST})(?:牵头|负责|组织|承担|实施|具体|(?<=[局委办科股室馆处])(?={verb_follows()}))")
_LISTED = r"(?P<list>[^；;。）)\n]+?)(?=[，,；;。）)\n]|$)"
_LEAD = re.compile(f"(?:牵头|主办|承办)(?:责任)?(?:部门|单位|科室|领导)?[：:]{_LISTED}")
_DUTY = re.compile(f"(?:责任|实施|落实)(?:部门|单位|科室)[：:]{_LISTED}")
_HELP = re.compile(f"(?:配合|协办|参与|协助)(?:部门|单位|科室)?[：:]{_LISTED}")
_BRACKET = re.compile(f"[（(](?P<lead>{_LIST})(?:牵头|负责)(?:[，,；;](?P<help>{_LIST})(?:配合|协助|参与|负责))?[）)]")
_OWNER = re.compile(f"[（(](?P<lead>{_LIST})(?:(?<=[局委办科股室馆处])|(?<=中心))[）)]")  # 完成认定（资助中心）
_LED = re.compile(f"由?(?P<lead>{_LIST})牵头(?:负责|组织|实施)?[，,；;](?:由)?(?P<help>{_LIST})(?:参与)?(?:配合|协助|协同|参与)")
_ROLES = re.compile(f"由?{_LIST}(?:牵头|负责|配合|协助|参与)(?:负责|组织|实施|落实)?")
_JOINT = re.compile(f"(?:会同|联合|配合|协同|商|协调)好?(?P<list>(?:有关|相关){{0,1}}{_LIST})"
                    f"|与(?P<with>{_LIST})(?:合作|配合|联合|共同|一起|协作)")
_NOT_A_BODY = re.compile(f"^(?:{'|'.join(_TABLE['not_begin'])})|(?:{'|'.join(_TABLE['not_end'])})$")
_CELL = re.compile(f"(?:{_LIST})(?<=[科股室处局办委])")  # of a row of a table: 5\t新建幼儿园\t2所\t基建办
_SPLIT = re.compile("以及|[、和与及]")


def explicit_body(clause: str) -> str:
    """The body that the clause itself names as the one who does it, "" where it names none."""
    for pattern in (_BY, _SUBJECT, _OFFICE, _ASKED):
        found = pattern.search(clause)
        if found and not _NOT_A_BODY.search(found["body"]):
            return found["body"].strip("，, ")
    return ""


def only_names(clause: str) -> bool:
    """It only says who leads or helps: 由县教育局牵头, 县财政局配合."""
    return _ROLES.fullmatch(clause) is not None


def after_body(clause: str) -> str:
    """The clause without those who begin it: the body, and 会同.. those who join."""
    found = _SUBJECT.match(clause) or _OFFICE.match(clause) or _ASKED.match(clause)
    if found and not _NOT_A_BODY.search(found["body"]):
        clause = clause[found.end("body"):]
    joint = _JOINT.match(clause)
    return clause[joint.end():] if joint else clause


def noted_bodies(words: str) -> tuple[str, tuple[str, ...]]:
    """Of a note such as （责任单位：基教科；配合单位：人事科） or 由县教育局牵头，县住建局配合: who leads, who joins."""
    cells = words.split("\t")
    if len(cells) > 2 and (own := next((cell.strip() for cell in cells if _CELL.fullmatch(cell.strip())), "")):
        return own, ()
    if (said := _OWNER.search(words)) is not None:
        return said["lead"], ()
    leads = "牵头" in words or "负责" in words
    if said := (_BRACKET.search(words) or _LED.search(words)) if leads else None:
        return said["lead"], names(said["help"] or "")
    if "：" not in words and ":" not in words:
        return "", ()
    lead, duty, joining = (_found(pattern, words) for pattern in (_LEAD, _DUTY, _HELP))
    if lead:
        return "、".join(lead), tuple(dict.fromkeys((*duty, *joining)))
    return "、".join(duty), joining


def joint_bodies(clause: str) -> tuple[str, ...]:
    """Those with whom it is done: 会同.., 联合.., 配合.., 与..合作."""
    joining = [name for found in _JOINT.finditer(clause) for name in names(found["list"] or found["with"])]
    return tuple(name for name in dict.fromkeys(joining) if not _NOT_A_BODY.search(name))


def _by_pair(kind: str) -> dict[str, list[tuple[str, str]]]:
    """The topics of all sections with their bodies, by the pair of characters that each begins with."""
    found: dict[str, list[tuple[str, str]]] = {}
    for section in _TABLE["section"]:
        for topic in section.get(kind, ()):
            found.setdefault(topic[:2], []).append((topic, section["body"]))
    return found


_TOPICS = {kind: _by_pair(kind) for kind in ("topics", "generic")}
_ORDER = {section["body"]: -number for number, section in enumerate(_TABLE["section"])}  # of two the first in the table


def suggested_body(places: Sequence[str]) -> tuple[str, BodySource]:
    """The section whose topics are in the first of the places that has any: the task's words, then its headings upwards."""
    for place in places:
        for topics in _TOPICS.values():
            if scores := _scores(place, topics):
                return max(scores, key=lambda body: (scores[body], _ORDER[body])), BodySource.suggested
    return "", BodySource.none


def _scores(place: str, topics: dict[str, list[tuple[str, str]]]) -> Counter[str]:
    """How many characters of its topics each body has in a place."""
    scores: Counter[str] = Counter()
    for pair in topics.keys() & {one + other for one, other in pairwise(place)}:
        for topic, body in topics[pair]:
            if topic in place:
                scores[body] += len(topic)
    return scores


def _found(pattern: re.Pattern[str], words: str) -> tuple[str, ...]:
    found = pattern.search(words)
    return names(found["list"]) if found else ()


def names(printed: str) -> tuple[str, ...]:
    """The bodies of a list: 人事科、县财政局."""
    return tuple(name.strip() for name in _SPLIT.split(printed) if name.strip())

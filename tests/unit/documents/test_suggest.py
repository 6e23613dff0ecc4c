"""A suggester may only quote: fake ones say the truth, lie, say nothing, or take their time."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from junheng.documents.chat import ChatSuggester
from junheng.documents.codes import BodySource, SuggestionKind
from junheng.documents.shapes import Reading
from junheng.documents.suggest import with_suggestions
from junheng.kernel.faults import JunhengError
from tests.unit.documents.made_reading import reading

Answer = Callable[[str, str], bytes]  # of the question and what it is about


class Saying:
    """A suggester that always says the same."""

    def __init__(self, indicator: str | None = None, split: tuple[str, ...] = (), body: str | None = None) -> None:
        self.said = (indicator, split, body)

    def indicator(self, sentence: str, figure: str) -> str | None:
        return self.said[0]

    def split(self, task: str) -> tuple[str, ...]:
        return self.said[1]

    def body(self, task: str) -> str | None:
        return self.said[2]


@pytest.fixture
def unowned() -> Reading:
    """A reading whose canteen task has no body."""
    own = reading()
    tasks = tuple(replace(each, body="", body_source=BodySource.none) if "食堂" in each.text else each for each in own.tasks)
    return replace(own, tasks=tasks)


def test_words_of_the_source_enter_as_suggested(unowned: Reading) -> None:
    found = with_suggestions(unowned, Saying("在校生", ("拨付", "资金300万元"), "人社局"))
    kinds = {each.kind for each in found.suggestions}
    assert kinds == set(SuggestionKind)
    canteen = next(each for each in found.tasks if "食堂" in each.text)
    assert (canteen.body, canteen.body_source) == ("人社局", BodySource.suggested)


def test_a_body_that_the_text_names_is_never_replaced(unowned: Reading) -> None:
    found = with_suggestions(unowned, Saying(body="人社局"))
    money = next(each for each in found.tasks if "拨付" in each.text)
    assert (money.body, money.body_source) == ("县财政局", BodySource.explicit)


@pytest.mark.parametrize("lie", (
    Saying("不在原文里的指标"), Saying(body="省教育厅"), Saying(split=("拨付资金500万元", "其他")), Saying("12345"),
    Saying(split=("资金300万元", "4月底前")), Saying(body="  "), Saying(split=("拨付",)),
    Saying("全县在校生12000人，比上年增加500人，增长4.35%。建成县、乡、村的四级网络")))
def test_what_is_not_quoted_in_order_is_dropped(unowned: Reading, lie: Saying) -> None:
    assert with_suggestions(unowned, lie).suggestions == ()


def test_a_number_that_the_grammar_did_not_find_is_dropped(unowned: Reading) -> None:
    assert with_suggestions(unowned, Saying("在2025年全县")).suggestions
    unread = replace(unowned, figures=tuple(each for each in unowned.figures if "2025" not in each.period.printed))
    assert with_suggestions(unread, Saying("在2025年全县")).suggestions == ()


# --- over HTTP ----------------------------------------------------------------------------------------------

def in_form(*quotes: object) -> bytes:
    content = json.dumps({"quotes": list(quotes)}, ensure_ascii=False)
    return json.dumps({"choices": [{"message": {"content": content}}]}).encode()


@contextmanager
def server(answer: Answer, status: int = 200, **headers: str) -> Iterator[tuple[str, list[str]]]:
    """The address of a model that answers so, and what it was asked about."""
    asked: list[str] = []

    class Model(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["messages"]
            asked.append(told[1]["content"])
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):  # who asked may have gone
                self.wfile.write(answer(told[0]["content"], told[1]["content"]))

        def log_message(self, *_: object) -> None:
            pass

    made = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{made.server_port}/v1/chat/completions", asked
    finally:
        made.shutdown()
        made.server_close()


def test_a_model_is_asked_sentence_by_sentence_and_its_quotes_enter(unowned: Reading) -> None:
    def answer(question: str, about: str) -> bytes:
        if "由谁负责" in question:
            return in_form("人社局")
        return in_form("4月底前", "资金300万元") if "拆成" in question and "财政局" in about else in_form()
    with server(answer) as (url, asked):
        found = with_suggestions(unowned, ChatSuggester(url))
    assert sorted(each.words for each in found.suggestions) == [("4月底前", "资金300万元"), ("人社局",)]
    assert asked and all(len(each) < 300 for each in asked)


@pytest.mark.parametrize("garbage", (
    b"", b"\xff\xfe", b"[]", b"null", b"{}", b'{"choices": []}', b"[" * 90_000, b"x" * 300_000,
    json.dumps({"choices": [{"message": {"content": "好的，建议由人社局负责"}}]}).encode(),
    json.dumps({"choices": [{"message": {"content": None}}]}).encode(), in_form(1, None, {}),
    json.dumps({"choices": [{"message": {"content": '{"quotes": "人社局"}'}}]}).encode()))
def test_garbage_is_no_suggestion_and_no_crash(unowned: Reading, garbage: bytes) -> None:
    with server(lambda *_: garbage) as (url, _):
        assert with_suggestions(unowned, ChatSuggester(url)).suggestions == ()


def silent(found: Reading) -> bool:
    return bool(found.notes) and "没有得到建议" in found.notes[-1]


def test_a_model_that_takes_too_long_is_asked_once_and_not_waited_for(unowned: Reading) -> None:
    def answer(*_: str) -> bytes:
        time.sleep(3)
        return in_form("人社局")
    with server(answer) as (url, asked):
        begun = time.monotonic()
        found = with_suggestions(unowned, ChatSuggester(url, seconds=0.3))
        assert time.monotonic() - begun < 2
        assert silent(found) and len(asked) == 1


@pytest.mark.parametrize("status", (401, 404, 429, 500))
def test_a_refusal_is_said_and_the_reading_stays(unowned: Reading, status: int) -> None:
    with server(lambda *_: in_form("人社局"), status) as (url, asked):
        found = with_suggestions(unowned, ChatSuggester(url))
    assert silent(found) and found.tasks == unowned.tasks and len(asked) == 1


def test_sentences_are_not_carried_to_another_address(unowned: Reading) -> None:
    with server(lambda *_: in_form("人社局")) as (elsewhere, told), server(lambda *_: b"", 307, Location=elsewhere) as (url, _):
        assert silent(with_suggestions(unowned, ChatSuggester(url)))
        assert told == []


def test_nobody_at_the_address_is_said(unowned: Reading) -> None:
    assert silent(with_suggestions(unowned, ChatSuggester("http://127.0.0.1:9/v1", seconds=2)))


@pytest.mark.parametrize("url", ("", "localhost:8000", "file:///etc/hosts", "ftp://model/v1", "http://", "http://[",
                                 "http://host:99999/v1", "http://host/模型", "http://a b/v1"))
def test_only_an_http_address_is_taken(url: str) -> None:
    with pytest.raises(JunhengError, match="不是网址"):
        ChatSuggester(url)

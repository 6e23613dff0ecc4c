"""A suggester may only quote: fake ones say the truth, lie, say nothing, or take their time."""

from __future__ import annotations

import json
import re
import socket
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

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
def server(answer: Answer, status: int = 200, tls: Path | None = None, heard: list[str | None] | None = None,
           **headers: str) -> Iterator[tuple[str, list[str]]]:
    """The address of a model that answers so, and what it was asked about; `tls` is a file with its key and certificate."""
    asked: list[str] = []

    class Model(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["messages"]
            asked.append(told[1]["content"])
            if heard is not None:
                heard.append(self.headers["Authorization"])
            said = answer(told[0]["content"], told[1]["content"])
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(said))}.items():
                self.send_header(name, value)
            with suppress(OSError):  # who asked may have gone
                self.end_headers()
                self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    made = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls)
        made.socket = context.wrap_socket(made.socket, server_side=True)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    try:
        yield f"http{'s' if tls else ''}://127.0.0.1:{made.server_port}/v1/chat/completions", asked
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


def saying(content: object) -> bytes:
    return json.dumps({"choices": [{"message": {"content": content}}]}).encode()


@pytest.mark.parametrize("garbage", (
    b"x" * 300_000, saying("x" * 300_000), saying("好的，建议由人社局负责"), saying(None), in_form(1, None, {}),
    saying('{"quotes": "人社局"}'), saying("[" * 50_000)))
def test_an_answer_out_of_form_is_no_suggestion_and_is_counted(unowned: Reading, garbage: bytes) -> None:
    with server(lambda *_: garbage) as (url, asked):
        found = with_suggestions(unowned, ChatSuggester(url))
    assert found.suggestions == () and len(asked) > 1
    (said,) = found.notes
    assert f"问了 {len(asked)} 次：采用建议 0 条" in said and said.endswith(f"略去 {len(asked)} 条")


@pytest.mark.parametrize("garbage", (
    b"", b"\xff\xfe", b"[]", b"null", b"{}", b'{"choices": []}', b"[" * 90_000, b'{"error": "no such model"}',
    "<html>管理页面</html>".encode()))
def test_who_is_no_chat_completion_is_said_and_not_asked_again(unowned: Reading, garbage: bytes) -> None:
    with server(lambda *_: garbage) as (url, asked):
        found = with_suggestions(unowned, ChatSuggester(url))
    assert len(asked) == 1 and "chat-completion 的 JSON" in found.notes[0] and "-> 核对网址" in found.notes[0]


def silent(found: Reading) -> bool:
    return any("没有得到建议" in note for note in found.notes)


def test_a_model_that_takes_too_long_is_asked_once_and_not_waited_for(unowned: Reading) -> None:
    def answer(*_: str) -> bytes:
        time.sleep(3)
        return in_form("人社局")
    with server(answer) as (url, asked):
        begun = time.monotonic()
        found = with_suggestions(unowned, ChatSuggester(url, seconds=0.3))
        assert time.monotonic() - begun < 2
        assert "太久没有答复" in found.notes[0] and len(asked) == 1
        in_chinese(found.notes[0])


@pytest.mark.parametrize(("status", "what", "do"), (
    (401, "要用户名和密码", "网址里写"), (403, "不许本机询问", "管理员放行"), (404, "没有这项服务", "/v1/chat/completions"),
    (429, "忙不过来", "过一会儿"), (422, "不接受这样的询问", "chat-completion 服务"), (500, "内部出错", "日志"),
    (503, "内部出错", "日志"), (302, "转到别的地址", "直接写")))
def test_a_refusal_is_said_with_what_to_do_and_the_reading_stays(unowned: Reading, status: int, what: str, do: str) -> None:
    with server(lambda *_: in_form("人社局"), status, Location="http://127.0.0.1:9/") as (url, asked):
        found = with_suggestions(unowned, ChatSuggester(url))
    said = found.notes[0]
    assert silent(found) and found.tasks == unowned.tasks and len(asked) == 1
    assert what in said and f"HTTP {status}）" in said and do in said.partition("->")[2]
    in_chinese(said)


def in_chinese(said: str) -> None:
    """Nothing of what a library says is in it, only the address and names that an administrator looks for."""
    words = re.sub(r"https?://[\w./:*@?]+|--suggest|/v1/chat/completions|chat-completion|JSON|HTTPS?|https?|http://", "", said)
    assert not re.search("[A-Za-z]{2,}", words), said


def test_a_user_and_password_go_along_and_are_printed_nowhere(unowned: Reading) -> None:
    seen: list[str | None] = []
    with server(lambda *_: in_form(), heard=seen) as (url, _):
        with_suggestions(unowned, ChatSuggester(url.replace("//", "//clerk:s%40cret@") + "?key=hidden"))
    assert seen and set(seen) == {"Basic " + b64encode(b"clerk:s@cret").decode()}


@pytest.mark.parametrize("url", (
    "http://clerk:s3cret@127.0.0.1:9/v1?key=s3cret", "http://clerk:s3/c@ret@127.0.0.1:9/v1", "ftp://clerk:s3cret@host/v1",
    "http://clerk:s3cret@host:99999/", "clerk:s3cret@host:8000/v1", "http://clerk:s3 c@ret@host/v1"))
def test_no_message_holds_a_password(unowned: Reading, url: str) -> None:
    try:
        said = " ".join(with_suggestions(unowned, ChatSuggester(url, seconds=2)).notes)
    except JunhengError as refused:
        said = str(refused)
    assert "***" in said and "s3" not in said and "ret@" not in said and "clerk:" not in said


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    begun = datetime.now(UTC) - timedelta(days=1)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    signed = made.not_valid_before(begun).not_valid_after(begun + timedelta(days=9)).sign(key, hashes.SHA256())
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + signed.public_bytes(Encoding.PEM))
    return path


def test_a_certificate_that_nobody_vouches_for_is_said(unowned: Reading, certificate: Path) -> None:
    with server(lambda *_: in_form("人社局"), tls=certificate) as (url, asked):
        found = with_suggestions(unowned, ChatSuggester(url, seconds=5))
    assert asked == [] and "安全证书通不过" in found.notes[0]
    in_chinese(found.notes[0])


def test_a_plain_service_asked_for_by_https_is_said(unowned: Reading) -> None:
    with server(lambda *_: in_form("人社局")) as (url, _):
        found = with_suggestions(unowned, ChatSuggester(url.replace("http:", "https:"), seconds=5))
    assert "不是 https 服务" in found.notes[0] and "http://" in found.notes[0].partition("->")[2]


def test_a_host_that_nobody_knows_is_said(unowned: Reading) -> None:
    found = with_suggestions(unowned, ChatSuggester("http://no-such-host.invalid/v1", seconds=5))
    assert "找不到这台主机" in found.notes[0]


@contextmanager
def speaking(answer: bytes) -> Iterator[str]:
    """The address of something that takes a connection, says this and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        def speak() -> None:
            with suppress(OSError):
                connection, _ = listening.accept()
                with connection:
                    connection.recv(100_000)
                    connection.sendall(answer)
        threading.Thread(target=speak, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"


@pytest.mark.parametrize(("answer", "said"), (
    (b"SSH-2.0-OpenSSH_9.6\r\n", "答的不是 HTTP"), (b"", "没有答完就断开"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{", "没有答完|chat-completion 的 JSON")))
def test_something_else_at_the_address_is_said(unowned: Reading, answer: bytes, said: str) -> None:
    with speaking(answer) as url:
        found = with_suggestions(unowned, ChatSuggester(url, seconds=5))
    assert re.search(said, found.notes[0]), found.notes
    in_chinese(found.notes[0])


def test_sentences_are_not_carried_to_another_address(unowned: Reading) -> None:
    with server(lambda *_: in_form("人社局")) as (elsewhere, told), server(lambda *_: b"", 307, Location=elsewhere) as (url, _):
        assert silent(with_suggestions(unowned, ChatSuggester(url)))
        assert told == []


def test_nobody_at_the_address_is_said(unowned: Reading) -> None:
    found = with_suggestions(unowned, ChatSuggester("http://127.0.0.1:9/v1", seconds=2))
    assert "拒绝连接" in found.notes[0] and "启动模型服务" in found.notes[0]
    in_chinese(found.notes[0])


@pytest.mark.parametrize("url", ("", "localhost:8000", "file:///etc/hosts", "ftp://model/v1", "http://", "http://[",
                                 "http://host:99999/v1", "http://host/模型", "http://a b/v1"))
def test_only_an_http_address_is_taken(url: str) -> None:
    with pytest.raises(JunhengError, match="不是网址"):
        ChatSuggester(url)

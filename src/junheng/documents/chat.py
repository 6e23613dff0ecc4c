"""A suggester behind an HTTP chat-completion endpoint, such as a local language model serves."""

from __future__ import annotations

import json
import re
import socket
import ssl
from base64 import b64encode
from http.client import HTTPException, HTTPResponse
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from junheng.documents.suggest import SuggesterSilent, Unclear
from junheng.kernel.faults import JunhengError

SECONDS = 20.0
LONGEST_ANSWER = 100_000  # bytes
ASKED = {
    "indicator": "下面是一句公文和其中一个数字。只用原文里的词，写出这个数字统计的指标名称。",
    "split": "下面是一项工作任务。照抄原文，把它拆成可以分别交办的几个部分；不能拆就给空列表。",
    "body": "下面是一项工作任务。只用原文里出现的单位名称，写出应由谁负责；看不出就给空列表。"}
FORM = '只回答一个 JSON：{"quotes": ["原文片段", ...]}，片段必须逐字抄自原文，不解释。'

STATUSES = {  # of HTTP, and what to do
    300: ("对方要转到别的地址，原文句子不随之转发", "直接写它要转到的地址"),
    401: ("对方要用户名和密码，没有给或不对", "在网址里写 http://用户名:密码@主机/...，或请管理员核对"),
    403: ("对方不许本机询问", "请管理员放行"),
    404: ("对方没有这项服务", "核对网址，一般以 /v1/chat/completions 结尾"),
    429: ("对方忙不过来", "过一会儿再试"),
    400: ("对方不接受这样的询问", "核对它是不是 chat-completion 服务，有没有装好模型"),
    500: ("对方内部出错", "看模型服务自己的日志")}
FAILURES: tuple[tuple[type[BaseException], tuple[str, str]], ...] = (
    (ConnectionRefusedError, ("没有程序应答（拒绝连接）", "启动模型服务，或核对端口")),
    (socket.gaierror, ("找不到这台主机", "核对网址里的主机名")),
    (TimeoutError, ("对方太久没有答复", "等模型空闲再试，或换一个快些的模型")),
    (ssl.SSLCertVerificationError, ("对方的安全证书通不过", "请管理员换上受信任的证书；本机的服务可用 http://")),
    (ssl.SSLError, ("对方不是 https 服务", "网址改以 http:// 开头，或核对端口")),
    (ConnectionError, ("对方没有答完就断开了", "看模型服务自己的日志")),
    (HTTPException, ("对方答的不是 HTTP", "核对网址和端口")))
NO_NETWORK = ("连不上", "核对网址和网络")
NO_CHAT = ("对方答的不是 chat-completion 的 JSON", "核对网址，一般以 /v1/chat/completions 结尾")
USER, QUERY = re.compile(r"^(\w+://)?.*@", re.DOTALL), re.compile(r"\?.*", re.DOTALL)


def shown(url: str) -> str:
    """An address as it may be printed: without a user and password, and without what follows its question mark."""
    return QUERY.sub("?***", USER.sub(lambda found: f"{found[1] or ''}***@", url))


class _StaysThere(HTTPRedirectHandler):
    """A redirection would carry sentences to somebody who was not named."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _is_address(url: str) -> bool:
    """It names a host by http, in the characters that a request may hold."""
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        return named and url.isascii() and url.isprintable() and " " not in url
    except ValueError:  # brackets or a port that are none
        return False


class ChatSuggester:
    """Asks one question a sentence. Sentences leave this machine for `url`, so nobody is asked unless the user names it.

    A user and password in `url` go along as Basic authorization and are printed nowhere.
    Errors: JunhengError for something that is no http address; SuggesterSilent where nobody answers in `seconds`, or not as a
    chat completion; Unclear for an answer that is not in the form asked for.
    """

    def __init__(self, url: str, *, model: str = "default", seconds: float = SECONDS) -> None:
        if not _is_address(url):
            raise JunhengError(f"--suggest {shown(url)}：不是网址；应如 http://localhost:8000/v1/chat/completions -> 改正后重试")
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        self.url, self.shown, self.model, self.seconds = parts._replace(netloc=host).geturl(), shown(url), model, seconds
        self._headers = {"Content-Type": "application/json"} | _authorization(parts.username, parts.password)
        self._opener = build_opener(ProxyHandler({}), _StaysThere())

    def indicator(self, sentence: str, figure: str) -> str | None:
        return self._first(self._quotes("indicator", f"句子：{sentence}\n数字：{figure}"))

    def split(self, task: str) -> tuple[str, ...]:
        return self._quotes("split", task)

    def body(self, task: str) -> str | None:
        return self._first(self._quotes("body", task))

    @staticmethod
    def _first(quotes: tuple[str, ...]) -> str | None:
        return quotes[0] if quotes else None

    def _quotes(self, question: str, about: str) -> tuple[str, ...]:
        content = self._content(self._answer(f"{ASKED[question]}{FORM}", about))
        try:
            quotes = json.loads(content)["quotes"]
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise Unclear from error
        if not isinstance(quotes, list) or not all(isinstance(each, str) for each in quotes):
            raise Unclear
        return tuple(quotes)

    def _content(self, answer: bytes) -> Any:
        """What the model says; who does not answer as chat completions do is not asked again."""
        if len(answer) >= LONGEST_ANSWER:
            raise Unclear
        try:
            return json.loads(answer)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise self._silent(NO_CHAT) from error

    def _answer(self, system: str, about: str) -> bytes:
        asked = {"model": self.model, "temperature": 0,
                 "messages": [{"role": "system", "content": system}, {"role": "user", "content": about}]}
        request = Request(self.url, json.dumps(asked).encode(), self._headers)
        try:
            with self._opener.open(request, timeout=self.seconds) as answer:
                return self._read(answer)
        except (OSError, HTTPException) as refused:
            raise self._silent(_why(refused)) from refused

    def _silent(self, why: tuple[str, str]) -> SuggesterSilent:
        what, do = why
        return SuggesterSilent(f"{self.shown}：没有得到建议（{what}），此后不再询问 -> {do}；不用建议的，去掉 --suggest")

    def _read(self, answer: HTTPResponse) -> bytes:
        """The whole answer, or as much of it as is ever read; one that drips is as good as none."""
        read, until = b"", monotonic() + self.seconds
        while len(read) < LONGEST_ANSWER and (more := answer.read1(LONGEST_ANSWER)):
            read += more
            if monotonic() > until:
                raise TimeoutError
        return read


def _authorization(user: str | None, password: str | None) -> dict[str, str]:
    if user is None:
        return {}
    named = f"{unquote(user)}:{unquote(password or '')}".encode()
    return {"Authorization": f"Basic {b64encode(named).decode()}"}


def _why(refused: OSError | HTTPException) -> tuple[str, str]:
    """What went wrong on the way, and what to do about it."""
    if isinstance(refused, HTTPError):
        what, do = STATUSES.get(refused.code) or STATUSES.get(refused.code // 100 * 100, NO_NETWORK)
        return f"{what}，HTTP {refused.code}", do
    reason = getattr(refused, "reason", refused)
    return next((words for kind, words in FAILURES if isinstance(reason, kind)), NO_NETWORK)

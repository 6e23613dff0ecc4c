"""A suggester behind an HTTP chat-completion endpoint, such as a local language model serves."""

from __future__ import annotations

import json
from http.client import HTTPException, HTTPResponse
from time import monotonic
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from junheng.documents.suggest import SuggesterSilent
from junheng.kernel.faults import JunhengError

SECONDS = 20.0
LONGEST_ANSWER = 100_000  # bytes
ASKED = {
    "indicator": "下面是一句公文和其中一个数字。只用原文里的词，写出这个数字统计的指标名称。",
    "split": "下面是一项工作任务。照抄原文，把它拆成可以分别交办的几个部分；不能拆就给空列表。",
    "body": "下面是一项工作任务。只用原文里出现的单位名称，写出应由谁负责；看不出就给空列表。"}
FORM = '只回答一个 JSON：{"quotes": ["原文片段", ...]}，片段必须逐字抄自原文，不解释。'


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

    Errors: JunhengError for something that is no http address; SuggesterSilent where nobody answers in `seconds`.
    """

    def __init__(self, url: str, *, model: str = "default", seconds: float = SECONDS) -> None:
        if not _is_address(url):
            raise JunhengError(f"--suggest {url}：不是网址；应如 http://localhost:8000/v1/chat/completions -> 改正后重试")
        self.url, self.model, self.seconds = url, model, seconds
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
        """The quotes of an answer; of one that is not in the form, none."""
        try:
            content = json.loads(self._answer(f"{ASKED[question]}{FORM}", about))["choices"][0]["message"]["content"]
            quotes = json.loads(content)["quotes"]
        except (ValueError, LookupError, TypeError, RecursionError):
            return ()
        return tuple(each for each in quotes if isinstance(each, str)) if isinstance(quotes, list) else ()

    def _answer(self, system: str, about: str) -> bytes:
        asked = {"model": self.model, "temperature": 0,
                 "messages": [{"role": "system", "content": system}, {"role": "user", "content": about}]}
        request = Request(self.url, json.dumps(asked).encode(), {"Content-Type": "application/json"})
        try:
            with self._opener.open(request, timeout=self.seconds) as answer:
                return self._read(answer)
        except (OSError, HTTPException) as refused:
            what = f"{self.url}：没有得到建议（{getattr(refused, 'reason', None) or refused}）"
            raise SuggesterSilent(f"{what}，此后不再询问 -> 检查该地址，或去掉 --suggest") from refused

    def _read(self, answer: HTTPResponse) -> bytes:
        """The whole answer, or as much of it as is ever read; one that drips is as good as none."""
        read, until = b"", monotonic() + self.seconds
        while len(read) < LONGEST_ANSWER and (more := answer.read1(LONGEST_ANSWER)):
            read += more
            if monotonic() > until:
                raise TimeoutError("timed out")
        return read

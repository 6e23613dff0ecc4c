"""The manual's Markdown on a page: tables that scroll, and links only to what the reader may open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.urls import resolve, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token

from junheng.people.doors import admits
from junheng.people.scope import Access
from junheng.web.sections import SECTIONS

PAGE = re.compile(r"<page:([a-z-]+)>")
CHAPTER = re.compile(r"\]\(([a-z]+)\.md(#[a-z-]+)?\)")
# pages that are no section: what one calls them
PAGES = {"todo": "待办事项", "guide": "开始使用", "permissions": "权限表", "organisations": "组织", "account": "我的账号",
         "password": "修改密码", "second-factor": "两步验证", "tokens": "接口令牌", "promises": "承诺对照",
         "plan-new": "编制方案", "plan-compare": "比较两个方案", "submission-deadlines": "期限与解锁",
         "register-versions": "历次入库", "local-values": "本地值"}


def marked(text: str, access: Access) -> SafeString:
    """HTML of our own text; nothing in it comes from a user."""
    linked = CHAPTER.sub(lambda found: f"]({reverse('help-chapter', args=[found[1]])}{found[2] or ''})", text)
    linked = PAGE.sub(lambda found: _page(found[1], access), linked)
    return mark_safe(_MARKDOWN.render(linked))


def _page(route: str, access: Access) -> str:
    """A link to a page by the name it has on the desk; its name alone for who may not open it."""
    address = reverse(route)
    return f"[{page_word(route)}]({address})" if admits(resolve(address).func, access) else page_word(route)


def page_word(route: str) -> str:
    section = next((each for each in SECTIONS if each.route == route), None)
    if section:
        return section.en if get_language() == "en" else section.zh
    return _(PAGES[route])


def _table(self: RendererProtocol, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{_("表")}"><table class="dense">'


def _after_table(self: RendererProtocol, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return "</table></div>"


def _head(self: RendererProtocol, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return '<th scope="col">'


_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_MARKDOWN.add_render_rule("table_open", _table)
_MARKDOWN.add_render_rule("table_close", _after_table)
_MARKDOWN.add_render_rule("th_open", _head)

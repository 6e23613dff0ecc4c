"""The sample page of the look, served alone under the policy of the desk: `python -m tests.browser.looks PORT`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import include, path

from junheng.web.keys import KEYS
from tests.structure.places import PACKAGE

WEB = PACKAGE / "web"
POLICY = ("default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
          "frame-ancestors 'none'; form-action 'self'")
SECTIONS = [("o", "工作总览", "Overview", None), ("t", "目标任务", "Tasks", 12), ("s", "学校与学籍", "Schools", None),
            ("i", "指标监测", "Indicators", None), ("p", "布局规划", "Planning", 3), ("d", "文件", "Documents", None),
            ("l", "问题台账", "Ledger", 0), ("r", "年度报告", "Reports", None)]
VERDICTS = ["met", "met", "not_met", "met", "unknown", "needs_evidence"]


class Sample(forms.Form):
    title = forms.CharField(label="事项名称", help_text="一句话说清做什么")
    day = forms.DateField(label="完成期限", widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label="类别", choices=[("a", "目标任务"), ("b", "问题整改")], widget=forms.RadioSelect)
    office = forms.ChoiceField(label="承办科室", choices=[("jj", "基教科"), ("cw", "财务科")])
    paper = forms.FileField(label="佐证材料", required=False, help_text="PDF 或图片，不超过 20 MB")
    public = forms.BooleanField(label="对外公开", required=False)
    remark = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs={"rows": 3}))


def frame() -> dict[str, Any]:
    sections = [{"key": key, "href": f"/?{key}", "zh": zh, "en": en, "on": key == "i", "count": count}
                for key, zh, en, count in SECTIONS]
    return {"city": "示例市", "school_year": "2025—2026 学年", "person": "王敏", "role": "规划科", "sections": sections,
            "help": "/?help", "keys": KEYS}


def looks(request: HttpRequest) -> HttpResponse:
    job = {"id": 1, "share": 0.64, "sentence": "正在测算：永宁县", "href": "/job", "cancel": "/act", "done": False}
    waiting = {"id": 2, "share": None, "sentence": "排队，前面有 1 项", "done": True}
    page = Paginator(range(532), 20).get_page(request.GET.get("page", 7))
    form = Sample({"title": "", "day": "2026-09-30", "kind": "a"})
    return render(request, "web/looks.html", frame() | {"page": page, "job": job, "waiting": waiting, "form": form})


def job(request: HttpRequest) -> HttpResponse:
    done = {"id": 1, "share": 1, "sentence": "测算完成", "done": True}
    return render(request, "web/parts/progress.html", {"job": done})


def toast(request: HttpRequest) -> HttpResponse:
    told = {"toast": {"text": "已保存", "kind": "success"}}
    return HttpResponse(headers={"HX-Trigger": json.dumps(told)})


def point(n: int) -> dict[str, Any]:
    place = [109.2 + (n * 37 % 101) / 110, 34.6 + (n * 53 % 89) / 120]
    name = f"样例第{n}小学" if n else "<b>样例小学</b>"
    told = {"name": name, "verdict": VERDICTS[n % 6], "href": f"/?school={n}", "label": f"{200 + n * 7} 人"}
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": place}, "properties": told}


def points(request: HttpRequest) -> HttpResponse:
    made = {"type": "FeatureCollection", "features": [point(n) for n in range(160)]}
    return HttpResponse(json.dumps(made), content_type="application/geo+json")


def login(request: HttpRequest) -> HttpResponse:
    class Enter(forms.Form):
        username = forms.CharField(label="账号")
        password = forms.CharField(label="密码", widget=forms.PasswordInput)

    return render(request, "web/login.html", {"form": Enter(request.POST or None), "city": "示例市"})


def error(request: HttpRequest, code: int) -> HttpResponse:
    return render(request, "web/error.html", {"code": code, "city": "示例市"}, status=code)


def act(request: HttpRequest) -> HttpResponse:
    return render(request, "web/error.html", {"code": 200, "what": "done", "todo": "done"})


urlpatterns = [
    path("", looks), path("job", job), path("toast", toast), path("points.geojson", points), path("login", login),
    path("error/<int:code>", error), path("act", act), path("out", act, name="logout"),
    path("tongue/", include("django.conf.urls.i18n")),
]


def guarded(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    def sent(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response["Content-Security-Policy"] = POLICY
        return response

    return sent


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


def configure() -> None:
    """Settings of this page alone; the desk's own are tried with the desk."""
    settings.configure(
        DEBUG=True, SECRET_KEY="of a page of samples", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__,
        LANGUAGE_CODE="zh-hans", LANGUAGES=[("zh-hans", "中文"), ("en", "English")], LOCALE_PATHS=[WEB / "locale"],
        STATIC_URL="/static/", STATICFILES_DIRS=[WEB / "static", ("vendor/echarts", PACKAGE / "paper/vendor")],
        INSTALLED_APPS=["django.contrib.staticfiles"],
        MIDDLEWARE=[f"{__name__}.guarded", "django.middleware.locale.LocaleMiddleware",
                    "django.middleware.csrf.CsrfViewMiddleware"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [WEB / "templates"],
                    "OPTIONS": {"context_processors": ["django.template.context_processors.request"]}}])
    django.setup()


if __name__ == "__main__":
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    configure()
    make_server("127.0.0.1", int(sys.argv[1]), StaticFilesHandler(get_wsgi_application()), handler_class=Quiet).serve_forever()

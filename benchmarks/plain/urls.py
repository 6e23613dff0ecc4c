"""The desk's addresses, and those of the hand-written views."""

from django.urls import path

from benchmarks.plain import views
from junheng.web import urls as desk
from junheng.web.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("plain/", views.counties),
    path("plain/school/", views.school),
    path("plain/items/", views.items),
    path("plain/findings/", views.findings),
    *desk.urlpatterns,
]

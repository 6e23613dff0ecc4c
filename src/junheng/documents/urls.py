"""The addresses of the room."""

from __future__ import annotations

from django.urls import path

from junheng.documents import compared, views

urlpatterns = [
    path("documents/", views.documents, name="documents"),
    path("documents/<int:number>/", views.document, name="document"),
    path("documents/<int:number>/read/", views.again, name="document-read"),
    path("documents/<int:number>/original/", views.original, name="document-original"),
    path("documents/items/<int:number>/decide/", views.decide, name="item-decide"),
    path("documents/items/<int:number>/repair/", views.repair, name="item-repair"),
    path("documents/promises/", compared.promises, name="promises"),
    path("documents/promises/<int:number>/", compared.promises_of, name="promises-of"),
    path("documents/promises/<int:number>/export/", compared.export, name="promises-export"),
]

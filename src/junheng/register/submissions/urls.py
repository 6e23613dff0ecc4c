"""The addresses of submissions."""

from __future__ import annotations

from django.urls import path

from junheng.register.submissions import offices, views

urlpatterns = [
    path("", offices.submissions, name="submissions"),
    path("deadlines/", offices.deadlines_page, name="submission-deadlines"),
    path("remind/", offices.remind, name="submission-remind"),
    path("versions/", offices.versions_page, name="register-versions"),
    path("versions/new/", offices.new_version, name="register-version-new"),
    path("versions/<slug:snapshot>/", offices.version, name="register-version"),
    path("<int:number>/", views.submission, name="submission"),
    path("<int:number>/template.xlsx", views.template, name="submission-template"),
    path("<int:number>/original", views.original, name="submission-original"),
    path("<int:number>/upload/", views.upload, name="submission-upload"),
    path("<int:number>/correct/<int:fault>/", views.correct, name="submission-correct"),
    path("<int:number>/reasons/", views.reasons, name="submission-reasons"),
    path("<int:number>/check/", views.check, name="submission-check"),
    path("<int:number>/unlock/", offices.unlock, name="submission-unlock"),
    path("<int:number>/<slug:action>/", views.move, name="submission-move"),
]

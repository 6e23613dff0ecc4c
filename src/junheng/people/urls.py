"""The addresses of the room."""

from __future__ import annotations

from django.urls import path

from junheng.people import account, views

urlpatterns = [
    path("login/", account.login, name="login"),
    path("login/code/", account.login_code, name="login-code"),
    path("logout/", account.logout, name="logout"),
    path("language/", account.language, name="set_language"),
    path("account/password/", account.password, name="password"),
    path("account/second-factor/", account.second_factor, name="second-factor"),
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<int:number>/", views.job, name="job"),
    path("jobs/<int:number>/progress/", views.job_progress, name="job-progress"),
    path("jobs/<int:number>/cancel/", views.job_cancel, name="job-cancel"),
]

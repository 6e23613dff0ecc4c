"""The addresses of the room."""

from __future__ import annotations

from django.urls import path

from junheng.people import account
from junheng.people.views import auditing, jobs, organisations, permissions, persons, tokens

urlpatterns = [
    path("login/", account.login, name="login"),
    path("login/code/", account.login_code, name="login-code"),
    path("logout/", account.logout, name="logout"),
    path("language/", account.language, name="set_language"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/second-factor/", account.second_factor, name="second-factor"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/<int:number>/revoke/", tokens.revoke, name="token-revoke"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:number>/", jobs.job, name="job"),
    path("jobs/<int:number>/progress/", jobs.job_progress, name="job-progress"),
    path("jobs/<int:number>/cancel/", jobs.job_cancel, name="job-cancel"),
    path("audit/", auditing.entries, name="audit"),
    path("audit/export/", auditing.export, name="audit-export"),
    path("people/", persons.persons, name="people"),
    path("people/new/", persons.new, name="person-new"),
    path("people/<int:number>/", persons.one, name="person"),
    path("people/<int:number>/appoint/", persons.appoint, name="person-appoint"),
    path("people/<int:number>/password/", persons.password, name="person-password"),
    path("people/<int:number>/active/", persons.active, name="person-active"),
    path("people/appointments/<int:number>/end/", persons.end, name="appointment-end"),
    path("organisations/", organisations.tree, name="organisations"),
    path("permissions/", permissions.matrix_page, name="permissions"),
    path("permissions/export/", permissions.export, name="permissions-export"),
]

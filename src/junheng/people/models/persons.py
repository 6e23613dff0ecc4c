"""Persons who log in, what they are where, and the tokens their programs use."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext as _

from junheng.people.codes import OWN_LINE, Line, Role
from junheng.people.language import joined
from junheng.people.models.fields import classed, code_field
from junheng.people.models.organisations import Organisation


class Persons(BaseUserManager["Person"]):
    """How persons are made and found."""

    def create_user(self, username: str, password: str | None = None, **more: Any) -> Person:
        person = self.model(username=self.model.normalize_username(username), **more)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A person with a log-in. The second factor's secret is kept encrypted."""

    PRIVACY = classed(
        internal="id username name last_login is_active must_change_password language created",
        personal="password second_factor")

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=64)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    second_factor = models.CharField(max_length=256, blank=True)
    language = models.CharField(max_length=8, default="zh-hans")
    created = models.DateTimeField(auto_now_add=True)

    objects = Persons()
    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.name or self.username


class Appointment(models.Model):
    """A person is `role` of an organisation from when to when. `lines`: of a chief or county officer only these; empty: all."""

    PRIVACY = classed(internal="id person organisation tree role lines since until")

    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="appointments")
    tree = models.CharField(max_length=32, default="administration")
    role = code_field(Role)
    lines = models.JSONField(default=list, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person}：{self.organisation} {Role[self.role].zh}"

    @property
    def role_code(self) -> Role:
        return Role[self.role]

    @property
    def lines_words(self) -> str:
        return joined(_(Line[each].zh) for each in self.lines)

    def works_in(self, line: Line | None) -> bool:
        """Whether its work includes a line; what belongs to no line is everybody's."""
        own = OWN_LINE.get(self.role_code)
        if line is None or own is line:
            return True
        return own is None and (not self.lines or line.name in self.lines)


class ApiToken(models.Model):
    """A token of a person's program; only its digest is kept."""

    PRIVACY = classed(internal="id person name created expires last_used", personal="digest")

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    last_used = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

"""Tokens by which a person's programs read the API: shown once, kept as a digest, ended by a day or by their person."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.kernel.faults import JunhengError
from junheng.people import audit
from junheng.people.models import ApiToken, Person

BEGINS = "jh_"  # so that a scanner of published files knows one when it sees it
BYTES = 32
MOST = 20  # of one person at a time
SCHEME = "bearer"
USED_EVERY = timedelta(hours=1)  # a reading program shall not write to the database with every call


@transaction.atomic
def issue(person: Person, name: str, days: int) -> str:
    """A new token, to be shown once. Errors: JunhengError where the person holds MOST already."""
    if person.tokens.filter(expires__gt=timezone.now()).count() >= MOST:
        raise JunhengError(_("已有%(most)s个在用的令牌 -> 先撤销不用的") % {"most": MOST})
    token = BEGINS + secrets.token_urlsafe(BYTES)
    expires = timezone.now() + timedelta(days=days)
    made = ApiToken.objects.create(person=person, name=name, digest=_digest(token), expires=expires)
    audit.record(person, "token.new", person.username, detail={"name": name, "number": made.pk, "days": days})
    return token


@transaction.atomic
def revoke(person: Person, token: ApiToken) -> None:
    """It opens nothing from now on."""
    audit.record(person, "token.revoke", person.username, detail={"name": token.name, "number": token.pk})
    token.delete()


def holder(header: str) -> Person | None:
    """The person whose token stands in an Authorization header, if it is one in force."""
    scheme, _, given = header.strip().partition(" ")
    if scheme.lower() != SCHEME:
        return None
    now = timezone.now()
    found = ApiToken.objects.filter(digest=_digest(given.strip()), expires__gt=now, person__is_active=True)
    token = found.select_related("person").first()
    if token is None:
        return None
    stale = Q(last_used=None) | Q(last_used__lt=now - USED_EVERY)
    if token.last_used is None or token.last_used < now - USED_EVERY:
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used=now)
    return token.person


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()

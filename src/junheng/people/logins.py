"""The second factor: a secret that only the desk can read, codes of thirty seconds, a recovery by the administrator."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from junheng.people.models import Person

ISSUER = "均衡"
WINDOW = 1  # codes before and after now that count, for clocks that differ


def _box() -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"second factor\0" + settings.SECRET_KEY.encode()).digest()))


def new_secret() -> str:
    return pyotp.random_base32()


def seal(secret: str) -> str:
    return _box().encrypt(secret.encode()).decode()


def opened(person: Person) -> str | None:
    """The secret; None where there is none, or it was sealed by another desk."""
    try:
        return _box().decrypt(person.second_factor.encode()).decode() if person.second_factor else None
    except InvalidToken:
        return None


def is_right(secret: str | None, code: str) -> bool:
    return secret is not None and pyotp.TOTP(secret).verify(code.strip().replace(" ", ""), valid_window=WINDOW)


def address(person: Person, secret: str) -> str:
    """What an authenticator app reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.username, issuer_name=ISSUER)


def picture(person: Person, secret: str) -> str:
    """The same as a QR code, an SVG data address."""
    return segno.make(address(person, secret)).svg_data_uri(scale=4)

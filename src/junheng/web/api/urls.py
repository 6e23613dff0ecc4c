"""The addresses under /api/v1/."""

from __future__ import annotations

from junheng.web.api import findings, home, plans, schools, snapshots  # noqa: F401 - each adds its calls
from junheng.web.api.frame import addresses, api

app_name = "api-v1"
urlpatterns = list(addresses(api))

"""The first call a program makes."""

# no postponed annotations here: Ninja reads them, and cannot through the door of `needs`

from typing import Any

from django.urls import reverse

from junheng import __version__
from junheng.people.doors import Asked, needs
from junheng.people.permissions import Action
from junheng.web.api import shapes
from junheng.web.api.frame import REFUSALS, api


@api.get("/", response={200: shapes.Home, **REFUSALS}, url_name="api-root", summary="接口首页")
@needs(Action.use_api)
def home(request: Asked) -> Any:
    """Where everything is, and whose token asks."""
    root = reverse("api-v1:api-root")
    return {
        "name": "均衡 Junheng",
        "version": __version__,
        "person": request.access.person.username if request.access.person else "",
        "roles": [each.name for each in request.access.roles],
        "openapi": reverse("api-v1:openapi-json"),
        "addresses": sorted(root.rstrip("/") + each for each in api.default_router.path_operations if each != "/"),
    }

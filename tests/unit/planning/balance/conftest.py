"""An officer who types, as in the tests of commands."""

from tests.unit.planning.commands.conftest import officer, short_city

__all__ = ["officer", "short_city"]

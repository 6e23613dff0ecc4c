"""An officer who types, as in the tests of commands."""

from tests.unit.planning.commands.conftest import officer

__all__ = ["officer"]

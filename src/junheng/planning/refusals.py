"""What is refused one by one, said all at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from junheng.kernel.faults import JunhengError


@dataclass
class Refusals:
    """What was refused so far, a sentence each."""

    said: list[str] = field(default_factory=list)

    @contextmanager
    def heard(self) -> Iterator[None]:
        try:
            yield
        except JunhengError as refused:
            self.said.append(str(refused))

    def tell(self) -> None:
        """Errors: JunhengError with all that was said; nothing where nothing was."""
        if self.said:
            raise JunhengError("\n".join(self.said))

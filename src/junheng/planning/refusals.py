"""What is refused one by one, said all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from junheng.kernel.faults import Exit, JunhengError

Asked = ParamSpec("Asked")
Read = TypeVar("Read")


@dataclass
class Refusals:
    """What was refused so far, a sentence each, with the exit codes that these would have had."""

    said: list[str] = field(default_factory=list)
    codes: set[Exit] = field(default_factory=set)

    @contextmanager
    def heard(self) -> Iterator[None]:
        try:
            yield
        except JunhengError as refused:
            self.said.append(str(refused))
            self.codes.add(refused.code)

    def of(self, read: Callable[Asked, Read], *given: Asked.args, **named: Asked.kwargs) -> Read | None:
        """What `read` makes of what is given; None where it refused."""
        with self.heard():
            return read(*given, **named)
        return None

    def tell(self) -> None:
        """Errors: JunhengError with all that was said; nothing where nothing was. Refusals of several codes are a wrong usage."""
        if self.said:
            raise JunhengError("\n".join(self.said), self.codes.pop() if len(self.codes) == 1 else Exit.usage)

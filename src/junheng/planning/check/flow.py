"""The most that can pass from a source to a sink: whole numbers along paths of least edges, as Edmonds and Karp find them."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Mapping

Node = Hashable
Edge = tuple[Node, Node]
SOURCE, SINK = "source", "sink"


def most_that_passes(rooms: Mapping[Edge, int]) -> dict[Edge, int]:
    """What passes along each edge when as much as possible passes from `SOURCE` to `SINK`; `rooms` are what edges hold.

    >>> most_that_passes({(SOURCE, "a"): 2, ("a", "b"): 1, ("a", "c"): 3, ("b", SINK): 1, ("c", SINK): 0})["a", "b"]
    1
    """
    left = dict(rooms)
    after: dict[Node, list[Node]] = {}
    for start, end in rooms:
        left.setdefault((end, start), 0)
        after.setdefault(start, []).append(end)
        after.setdefault(end, []).append(start)
    while path := _path(left, after):
        many = min(left[edge] for edge in path)
        for start, end in path:
            left[start, end] -= many
            left[end, start] += many
    return {edge: room - left[edge] for edge, room in rooms.items()}


def _path(left: Mapping[Edge, int], after: Mapping[Node, list[Node]]) -> list[Edge]:
    """The shortest path on which something can still pass; none is empty."""
    came: dict[Node, Node] = {SOURCE: SOURCE}
    ahead: deque[Node] = deque([SOURCE])
    while ahead and SINK not in came:
        node = ahead.popleft()
        for other in after.get(node, ()):
            if other not in came and left[node, other] > 0:
                came[other] = node
                ahead.append(other)
    path: list[Edge] = []
    end: Node = SINK
    while end in came and end != SOURCE:
        path.append((came[end], end))
        end = came[end]
    return path if end == SOURCE else []

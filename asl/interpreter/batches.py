"""ItemBatcher: items put together, each batch the input of one child execution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..jsontext import to_text

JSON = Any


@dataclass(frozen=True, slots=True)
class Batching:
    """How many items, and how many bytes of JSON, a batch may have; 0: no limit. `shared` goes with each."""

    most_items: int
    most_bytes: int
    shared: JSON = None


def batched(items: Sequence[JSON], batching: Batching) -> list[dict[str, JSON]]:
    """Return the batches in order; an item that is too large for any has one of its own."""
    frame: dict[str, JSON] = {} if batching.shared is None else {"BatchInput": batching.shared}
    empty = len(to_text({**frame, "Items": []}).encode())
    batches: list[list[JSON]] = []
    size = 0  # of the last batch, with a comma after each item
    for item in items:
        length = len(to_text(item).encode())
        if (
            not batches
            or 0 < batching.most_items <= len(batches[-1])
            or 0 < batching.most_bytes < size + length
        ):
            batches.append([])
            size = empty
        batches[-1].append(item)
        size += length + 1
    return [{**frame, "Items": batch} for batch in batches]

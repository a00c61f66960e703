"""What never changes once it was written, kept in the process so that it is not read again and again."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Cache(Generic[K, V]):
    """At most ``most`` values by their keys; when it is full it begins anew. Safe to share between threads.

    Only for what a key names for good, such as a version: nothing is ever told to forget.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[K, V] = {}

    def get(self, key: K, load: Callable[[], V]) -> V:
        """The value of the key, loaded where it is not kept yet."""
        found = self._kept.get(key)
        if found is None:
            found = load()
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[key] = found
        return found

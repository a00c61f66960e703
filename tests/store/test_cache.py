"""What never changes is read once, and no more is kept than was said."""

from service.store.cache import Cache


def test_a_value_is_loaded_once_and_kept_by_its_key() -> None:
    cache: Cache[str, str] = Cache(2)
    loaded: list[str] = []

    def get(key: str) -> str:
        return cache.get(key, lambda: loaded.append(key) or key.upper())  # type: ignore[func-returns-value]

    assert [get(key) for key in "abab"] == ["A", "B", "A", "B"]
    assert loaded == ["a", "b"]


def test_a_full_cache_begins_anew() -> None:
    cache: Cache[int, int] = Cache(2)
    loaded: list[int] = []
    for key in (1, 2, 3, 3, 1):
        cache.get(key, lambda key=key: loaded.append(key) or key)  # type: ignore[misc]
    assert loaded == [1, 2, 3, 1]

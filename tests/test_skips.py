"""What a test needs and cannot be had is named; with ``CI=true`` that is a failure and no skip."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import browsers, databases


def no_browser(_: Path) -> None:
    browsers._missing("Chromium")


def no_postgresql(folder: Path) -> None:
    file = folder / "a file"
    file.touch()
    databases._start_postgresql(file)


@pytest.mark.parametrize("ask", [no_browser, no_postgresql])
def test_what_is_missing_is_named_and_skips_or_with_ci_fails(
    ask: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"Chromium|PostgreSQL"):
        ask(tmp_path)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=r"Chromium|PostgreSQL"):
        ask(tmp_path)

"""What is refused is refused by name, so that whoever sent it can mend it."""

import pytest

from service.domain.errors import RefusedError, StaleVersionError


def test_a_refusal_names_at_least_one_fault() -> None:
    with pytest.raises(ValueError, match="at least one fault"):
        RefusedError()


def test_a_nurse_whose_list_was_overtaken_learns_by_which_version() -> None:
    stale = StaleVersionError(2, 5)
    assert (stale.sent, stale.latest, stale.code) == (2, 5, "stale_version")
    assert stale.detail == "The change was made from version 2; the latest is version 5."

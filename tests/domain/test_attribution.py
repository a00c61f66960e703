"""Who said it, who keyed it, how and when."""

from datetime import datetime

import pytest

from service.domain.attribution import Attribution, CollectionMode, Informant, InformantKind
from tests.domain.made_up import NOW, NURSE

DAUGHTER = Informant(InformantKind.RELATED_PERSON, "A. Example")


@pytest.mark.parametrize(
    ("informant", "mode", "complete"),
    [
        (DAUGHTER, CollectionMode.PHONE, True),
        (DAUGHTER, None, False),
        (None, CollectionMode.PHONE, False),
        (None, None, False),
    ],
)
def test_an_answer_is_known_whole_when_who_said_it_and_how_are_both_known(
    informant: Informant | None, mode: CollectionMode | None, complete: bool
) -> None:
    assert Attribution(informant, mode, NURSE, NOW).complete is complete


def test_a_time_without_an_offset_is_no_instant() -> None:
    with pytest.raises(ValueError, match="an instant has an offset"):
        Attribution(DAUGHTER, CollectionMode.PHONE, NURSE, datetime(2026, 11, 23, 9, 30))  # noqa: DTZ001 -- the fault

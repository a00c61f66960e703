"""A link is opened once and in time; a form is filled in until it is sent or its time has ended."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from service.domain.attribution import CollectionMode
from service.domain.intake.forms import (
    FORM_LIFE,
    HANDED_FORM_LIFE,
    GivenLink,
    IntakeForm,
    IntakeLink,
    LinkState,
    form_life,
)
from tests.domain.made_up import NOW, NURSE

ID = UUID(int=1)
LINK = IntakeLink(ID, ID, ID, "00", CollectionMode.SELF, NURSE, NOW, NOW + timedelta(hours=1))
FORM = IntakeForm(ID, ID, ID, ID, "00", NOW, NOW + timedelta(hours=1), 1, {})


@pytest.mark.parametrize("thing", [LINK, FORM])
def test_it_is_open_until_its_time_has_ended(thing: IntakeLink | IntakeForm) -> None:
    assert thing.open_to(NOW + timedelta(minutes=59))
    assert not thing.open_to(NOW + timedelta(hours=1))


def test_a_link_that_was_opened_and_a_form_that_was_sent_are_open_no_longer() -> None:
    assert not replace(LINK, opened_at=NOW).open_to(NOW)
    assert not replace(FORM, sent_at=NOW, sent_version=2).open_to(NOW)


@pytest.mark.parametrize("mode", [CollectionMode.PAPER, CollectionMode.IMPORT, CollectionMode.INTERVIEW])
def test_a_link_is_for_the_patient_alone_or_for_a_device_handed_over(mode: CollectionMode) -> None:
    with pytest.raises(ValueError, match="handed over"):
        replace(LINK, collection_mode=mode)


def test_a_form_on_a_device_of_the_clinic_ends_sooner() -> None:
    assert form_life(CollectionMode.HANDED_DEVICE) == HANDED_FORM_LIFE < FORM_LIFE
    assert form_life(CollectionMode.SELF) == form_life(None) == FORM_LIFE


OPENED = replace(LINK, opened_at=NOW)
LATER = NOW + timedelta(hours=2)


@pytest.mark.parametrize(
    ("given", "now", "state"),
    [
        (GivenLink(LINK), NOW, LinkState.NOT_OPENED),
        (GivenLink(LINK), LATER, LinkState.ENDED),
        (GivenLink(OPENED, None, LATER), NOW, LinkState.NOT_SENT),
        (GivenLink(OPENED, None, LATER), LATER, LinkState.ENDED),
        (GivenLink(OPENED, NOW, LATER), LATER, LinkState.SENT),
        # What nobody sent is gone some time after its end.
        (GivenLink(OPENED), NOW, LinkState.ENDED),
    ],
)
def test_a_link_says_what_became_of_it(given: GivenLink, now: datetime, state: LinkState) -> None:
    assert given.state_at(now) is state

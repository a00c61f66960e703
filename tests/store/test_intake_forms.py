"""Links are used up once; a form keeps what is typed until it is sent, and not long if nobody sends it."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection

from service.domain.attribution import CollectionMode
from service.domain.intake.forms import GivenLink, IntakeForm, IntakeLink
from service.store import intake_forms, intake_links
from service.store.database import Database, Reach, RefusedByDatabaseError
from tests.store.records import LATER, NOW, NURSE, add_patient, form_at_desk, secret

DRAFT = {"language": "es", "items": {"1": {"name": "دواء — ‘exactly’ so,  two blanks"}}, "items_made": 1}


def link_of(connection: Connection, clinic_id: UUID) -> IntakeLink:
    person = add_patient(connection, clinic_id, uuid4().hex)
    made = IntakeLink(
        uuid4(), clinic_id, person.id, secret(uuid4().hex), CollectionMode.SELF, NURSE, NOW, LATER
    )
    intake_links.insert_link(connection, made)
    return made


def form_behind(connection: Connection, link: IntakeLink) -> IntakeForm:
    at_desk = form_at_desk(link.clinic_id, link.patient_id)
    made = replace(at_desk, link_id=link.id, secret_sha256=secret(f"form {link.id}"), draft=DRAFT)
    intake_forms.insert_form(connection, made)
    return made


def test_a_link_is_found_by_the_digest_of_its_secret_and_used_up_once(
    database: Database, clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        link = link_of(connection, clinic_id)
        assert intake_links.find_link(connection, link.secret_sha256) == link
        assert intake_links.find_link(connection, secret("another")) is None
        assert not intake_links.open_link(connection, clinic_id, link.id, LATER)
        assert intake_links.open_link(connection, clinic_id, link.id, NOW)
        assert not intake_links.open_link(connection, clinic_id, link.id, NOW)
        found = intake_links.find_link(connection, link.secret_sha256)
    assert found == replace(link, opened_at=NOW)


def test_a_form_keeps_what_is_typed_letter_for_letter(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        form = form_behind(connection, link_of(connection, clinic_id))
    with database.transaction(Reach.ALL) as connection:
        assert intake_forms.find_form(connection, form.secret_sha256 or "") == form
        intake_forms.save_draft(connection, clinic_id, form.id, {**DRAFT, "language": "en"}, 2)
        found = intake_forms.load_form(connection, clinic_id, form.id, for_update=True)
    assert found == replace(form, draft={**DRAFT, "language": "en"}, made_from=2)


def test_a_form_that_was_sent_says_when_and_what_came_of_it(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        form = form_behind(connection, link_of(connection, clinic_id))
        intake_forms.close_form(connection, clinic_id, form.id, LATER, 2, {"language": "es"})
        found = intake_forms.load_form(connection, clinic_id, form.id)
    assert found == replace(form, draft={"language": "es"}, sent_at=LATER, sent_version=2)


def test_the_form_of_the_desk_that_was_begun_last_is_gone_on_with(
    database: Database, clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        person = add_patient(connection, clinic_id)
        forms = [replace(form_at_desk(clinic_id, person.id), id=UUID(int=n)) for n in (1, 2)]
        for form in forms:
            intake_forms.insert_form(connection, form)

        def begun(now: datetime = NOW) -> IntakeForm | None:
            return intake_forms.find_open_form_at_desk(connection, clinic_id, person.id, now)

        assert begun() == forms[1]
        intake_forms.close_form(connection, clinic_id, forms[1].id, NOW, 2, {})
        assert begun() == forms[0]
        assert begun(LATER) is None


def test_what_nobody_sent_is_gone_a_day_after_its_end_when_another_form_is_opened(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        ours = form_behind(connection, link_of(connection, clinic_id))
        sent = form_behind(connection, link_of(connection, clinic_id))
        intake_forms.close_form(connection, clinic_id, sent.id, NOW, 2, {})
        theirs = form_behind(connection, link_of(connection, other_clinic_id))
        for days, left in ((1, True), (2, False)):
            later = form_at_desk(clinic_id, ours.patient_id)
            intake_forms.insert_form(connection, replace(later, opened_at=NOW + timedelta(days=days)))
            assert (intake_forms.load_form(connection, clinic_id, ours.id) is not None) is left
        assert intake_forms.load_form(connection, clinic_id, sent.id)
        assert intake_forms.load_form(connection, other_clinic_id, theirs.id)


def test_a_link_or_a_form_of_another_clinics_patient_is_refused(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        link = link_of(connection, clinic_id)
    foreign = replace(link, id=uuid4(), clinic_id=other_clinic_id, secret_sha256=secret("foreign"))
    with pytest.raises(RefusedByDatabaseError), database.transaction(Reach.ALL) as connection:
        intake_links.insert_link(connection, foreign)
    with pytest.raises(RefusedByDatabaseError), database.transaction(Reach.ALL) as connection:
        intake_forms.insert_form(connection, form_at_desk(other_clinic_id, link.patient_id))


def test_the_newest_link_of_a_patient_is_found_with_what_became_of_its_form(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        older, another = (link_of(connection, clinic_id) for _ in range(2))
        newer = replace(older, id=UUID(int=2**128 - 1), secret_sha256=secret("newer"))

        def newest(patient_id: UUID = older.patient_id, clinic: UUID = clinic_id) -> GivenLink | None:
            return intake_links.newest_link(connection, clinic, patient_id)

        assert newest() == GivenLink(older)
        intake_links.insert_link(connection, newer)
        assert newest() == GivenLink(newer)
        form = form_behind(connection, newer)
        assert newest() == GivenLink(newer, None, form.expires_at)
        intake_forms.close_form(connection, clinic_id, form.id, NOW, 2, {})
        assert newest() == GivenLink(newer, NOW, form.expires_at)
        assert newest(another.patient_id) == GivenLink(another)
        assert newest(clinic=other_clinic_id) is None

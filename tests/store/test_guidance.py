"""Guidance comes back as it was published, each version; the one published last is the latest."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings

from service.domain.guidance.publications import Publication, PublicationAct, PublishedGuidance
from service.domain.guidance.statements import Guidance, Treatment
from service.store.database import Database, Reach
from service.store.guidance import insert_publication, known_guidance, list_guidance, load_guidance
from tests.guidance_of_tests import TREATMENT, guidance_of_tests
from tests.store.records import NOW, add_clinic, publish
from tests.strategies import guidances


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=guidances())
def test_guidance_comes_back_equal_to_what_was_published(database: Database, made: Guidance) -> None:
    published = PublishedGuidance(made, made.version, NOW, "Test Reviewer 01")
    with database.transaction(Reach.ALL) as connection:
        clinic_id = add_clinic(connection)
        publish(connection, clinic_id, made, made.version, NOW, "Test Reviewer 01")
        assert load_guidance(connection, clinic_id, made.treatment.id) == published
        assert known_guidance(connection, clinic_id, made.treatment.id, made.version) == made
        assert list_guidance(connection, clinic_id) == (published,)


def test_the_latest_is_what_was_published_last_and_earlier_versions_stay(
    database: Database, clinic_id: UUID
) -> None:
    first = guidance_of_tests()
    second = replace(first, statements=first.statements[:1])
    with database.transaction(Reach.ALL) as connection:
        publish(connection, clinic_id, first, "v1", NOW, "A")
        publish(connection, clinic_id, second, "v2", NOW + timedelta(days=1), "B")

        latest = load_guidance(connection, clinic_id, TREATMENT)
        assert latest == PublishedGuidance(second, "v2", NOW + timedelta(days=1), "B")
        assert known_guidance(connection, clinic_id, TREATMENT, "v1") == first

        publish(connection, clinic_id, first, "v1", NOW + timedelta(days=2), "C")
        assert load_guidance(connection, clinic_id, TREATMENT) == PublishedGuidance(
            first, "v1", NOW + timedelta(days=2), "C"
        )
        assert [published.version for published in list_guidance(connection, clinic_id)] == ["v1"]


def test_each_treatment_is_listed_once_with_its_latest(database: Database, clinic_id: UUID) -> None:
    other = replace(guidance_of_tests(), treatment=Treatment("another", "Another"))
    with database.transaction(Reach.ALL) as connection:
        publish(connection, clinic_id, guidance_of_tests(), "v1", NOW, "A")
        publish(connection, clinic_id, guidance_of_tests(), "v2", NOW + timedelta(days=1), "A")
        publish(connection, clinic_id, other, "v1", NOW, "A")
        listed = list_guidance(connection, clinic_id)
    assert [(one.guidance.treatment.id, one.version) for one in listed] == [
        ("another", "v1"),
        (TREATMENT, "v2"),
    ]


def test_an_unknown_treatment_is_not_there(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        publish(connection, clinic_id, guidance_of_tests(), "v1", NOW, "A")
        assert load_guidance(connection, clinic_id, "another") is None


def test_retired_guidance_is_not_in_use_until_it_is_published_again(
    database: Database, clinic_id: UUID
) -> None:
    made, day = guidance_of_tests(), timedelta(days=1)
    retired = Publication(uuid4(), TREATMENT, "v1", PublicationAct.RETIRE, NOW + day, "B")
    with database.transaction(Reach.ALL) as connection:
        publish(connection, clinic_id, made, "v1", NOW, "A")
        insert_publication(connection, clinic_id, retired)
        assert load_guidance(connection, clinic_id, TREATMENT) is None
        assert list_guidance(connection, clinic_id) == ()

        publish(connection, clinic_id, made, "v1", NOW + 2 * day, "C")
        found = load_guidance(connection, clinic_id, TREATMENT)
        assert found == PublishedGuidance(made, "v1", NOW + 2 * day, "C")

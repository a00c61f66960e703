"""When a version was in use is told from all that was done, whatever was done with other treatments."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from service.domain.guidance.publications import Publication, PublicationAct, TimeInUse, times_in_use

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def done(hours: int, version: str, act: PublicationAct, treatment: str = "sorafenib") -> Publication:
    at = NOW + timedelta(hours=hours)
    return Publication(UUID(int=hours), treatment, version, act, at, "Test Administrator 01")


def test_a_version_is_in_use_until_another_is_published_or_it_is_retired() -> None:
    first = done(1, "aa01", PublicationAct.PUBLISH)
    second = done(2, "aa02", PublicationAct.PUBLISH)
    of_another = done(3, "bb01", PublicationAct.PUBLISH, "another")
    retired = done(4, "aa02", PublicationAct.RETIRE)
    again = done(5, "aa01", PublicationAct.PUBLISH)
    newest_first = (again, retired, of_another, second, first)

    times = times_in_use(newest_first, "sorafenib")

    assert list(times.items()) == [
        ("aa01", (TimeInUse(again, None), TimeInUse(first, second))),
        ("aa02", (TimeInUse(second, retired),)),
    ]
    assert times_in_use(newest_first, "another") == {"bb01": (TimeInUse(of_another, None),)}
    assert times_in_use((), "sorafenib") == {}

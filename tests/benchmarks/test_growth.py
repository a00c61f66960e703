"""What a database grows by is measured on what really was posted, read and changed."""

from benchmarks.growth import ACTS, measure


def test_a_new_patients_list_adds_more_than_one_item_does(database_url: str) -> None:
    grown = dict(measure(database_url, 12))

    new, read, changed, issued = (grown[name] for name, _ in ACTS)
    assert new > changed > read >= 0
    assert new > issued > read

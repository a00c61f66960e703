"""What is typed into a form so far: every step changes its own part, and nothing is answered by itself."""

from service.domain.intake.draft import (
    after_sending,
    answer_of,
    items_of,
    kept_for,
    posted,
    still_of,
    with_answer,
    with_item,
    with_part,
    with_still,
    without_item,
)

TEA, CLAY = {"name": "Tea", "category": "supplement"}, {"name": "Clay", "category": "prescription"}


def test_an_empty_form_answers_nothing() -> None:
    assert posted({}) == {"items": []}
    assert answer_of({}, "supplement") == ""
    assert items_of({}, "supplement") == {}
    assert still_of({}, "an item") == {}


def test_a_step_changes_its_own_part_only() -> None:
    draft = with_answer(with_part({}, "informant", {"kind": "patient"}), "supplement", "unknown")
    draft = with_answer(draft, "prescription", "declined")
    assert posted(draft) == {
        "informant": {"kind": "patient"},
        "categories": {"supplement": {"answer": "unknown"}, "prescription": {"answer": "declined"}},
        "items": [],
    }
    assert "informant" not in with_part(draft, "informant", None)


def test_an_item_keeps_its_key_when_another_is_taken_off() -> None:
    draft = with_item(with_item({}, None, TEA), None, CLAY)
    draft = without_item(draft, "1")
    assert items_of(draft, "prescription") == {"2": CLAY}
    assert items_of(draft, "supplement") == {}
    draft = with_item(draft, None, TEA)
    assert list(draft["items"]) == ["2", "3"]
    assert posted(draft)["items"] == [CLAY, TEA]


def test_an_item_that_was_taken_off_does_not_come_back_by_a_late_change() -> None:
    draft = without_item(with_item({}, None, TEA), "1")
    assert with_item(draft, "1", CLAY) == draft


def test_what_was_said_of_items_on_file_is_kept_for_those_that_are_the_same() -> None:
    draft = with_still(with_still({}, "a", {"answer": "yes"}), "b", {"answer": "no"})
    assert still_of(kept_for(draft, frozenset("b")), "a") == {}
    assert still_of(kept_for(draft, frozenset("b")), "b") == {"answer": "no"}


def test_nothing_that_was_answered_stays_after_it_was_sent() -> None:
    draft = with_item(with_part({"language": "es"}, "collection_mode", "self"), None, TEA)
    assert after_sending(with_answer(draft, "supplement", "items_reported")) == {
        "language": "es",
        "collection_mode": "self",
    }

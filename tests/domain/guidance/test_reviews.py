"""What a review of a statement holds for, and when it is void."""

from dataclasses import replace
from datetime import date

from service.domain.guidance.check import check
from service.domain.guidance.report import ReviewStatus
from service.domain.guidance.statements import Review, Translation
from tests.guidance_leaflet import LEAFLET, guidance, review_of, statement, stem

TELL = "Tell the clinic nurse about all current lotions."


def test_a_review_holds_only_for_the_text_it_was_made_of_and_does_not_decide_acceptance() -> None:
    good = review_of(TELL, "3.2")
    reviews = [good, None, Review("Test Reviewer 01", date(2026, 11, 23), ""), review_of("Tell them.", "3.2")]
    reports = [check(guidance(statement(TELL, "3.2", review=each)), LEAFLET, stem) for each in reviews]
    assert [report.statements[0].review for report in reports] == [
        ReviewStatus.REVIEWED,
        ReviewStatus.NOT_REVIEWED,
        ReviewStatus.NOT_REVIEWED,
        ReviewStatus.CHANGED_SINCE,
    ]
    assert [report.reviewed for report in reports] == [True, False, False, False]
    assert all(report.accepted for report in reports)


def test_a_review_holds_for_the_sentences_that_were_compared_and_not_for_their_numbers_alone() -> None:
    good = review_of(TELL, "3.2")
    others = [replace(good, digest=good.of_text), replace(good, digest=f"{good.of_text}.{'0' * 16}")]
    files = [guidance(statement(TELL, "3.2", review=each)) for each in (good, *others)]
    held, changed = ReviewStatus.REVIEWED, ReviewStatus.CHANGED_SINCE
    assert [check(file, LEAFLET, stem).statements[0].review for file in files] == [held, changed, changed]
    assert [check(file, None, stem).statements[0].review for file in files] == [held, held, held]
    assert [file.unreviewed for file in files] == [(), (), ()], "what is published needs no document"


def test_the_digest_for_a_review_is_told_where_the_sentences_can_be_told() -> None:
    file = guidance(statement(TELL, "3.2"))
    digests = [check(file, text, stem).statements[0].digest for text in (LEAFLET, None, LEAFLET + "More.")]
    assert digests == [review_of(TELL, "3.2").digest, None, None]


def test_a_translation_that_changed_since_its_review_is_not_reviewed() -> None:
    british = Translation("en-GB", "Tell the clinic nurse.", review_of("Tell them.", "3.2"))
    file = guidance(statement(TELL, "3.2", review=review_of(TELL, "3.2"), translations=(british,)))
    assert not check(file, LEAFLET, stem).reviewed

"""What a statement may say: honest restatements are accepted, and every kind of invention is refused."""

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.guidance.check import check
from service.domain.guidance.english.stand_ins import STAND_INS
from service.domain.guidance.english.turning_words import SAFETY, TURNS, WHOLES
from service.domain.guidance.english.words import (
    ACT_VERBS,
    FUNCTION,
    MODALS,
    PEOPLE,
    PLAIN,
    REQUESTS,
    STATE_VERBS,
)
from service.domain.guidance.report import CheckReport, ReviewStatus, Rule, RuleRun
from service.domain.guidance.statements import Translation
from service.domain.guidance.word_lists import words
from tests.domain.made_up import steady
from tests.guidance_leaflet import LEAFLET, guidance, rules, statement, stem, verdict

TELL = "Tell the clinic nurse about all current lotions."
# The cited sentence has one of the wholes, so that any of them may stand.
ALLOWED = PLAIN | TURNS | WHOLES | set(STAND_INS) | MODALS
LEAFLET_STEMS = {stem(cited.strip(".,()").casefold()) for cited in LEAFLET.split()}


def lines(name: str) -> list[list[str]]:
    """The fields of each line of a table beside this file; ``\\u200b`` stands for that character."""
    table = (Path(__file__).parent / name).read_text("utf-8")
    decode = [
        line.encode("ascii", "backslashreplace").decode("unicode_escape") for line in table.splitlines()
    ]
    return [line.split(" | ") for line in decode]


def run_of(report: CheckReport) -> dict[Rule, RuleRun]:
    return {entry.rule: entry.run for entry in report.rules}


@pytest.mark.parametrize(("cites", "text"), lines("leaflet_honest.txt"))
def test_a_nurses_honest_restatement_is_accepted(cites: str, text: str) -> None:
    assert verdict(text, *cites.split()).refusals == ()


@pytest.mark.parametrize(("cites", "broken", "text"), lines("leaflet_invented.txt"))
def test_what_the_leaflet_does_not_say_is_refused_by_the_rule_it_breaks(
    cites: str, broken: str, text: str
) -> None:
    assert int(broken) in rules(text, *cites.split())


@steady
@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12), st.integers(0, 8))
def test_any_word_that_is_neither_cited_nor_plain_is_refused(word: str, place: int) -> None:
    words = TELL.split()
    text = " ".join([*words[:place], word, *words[place:]])
    if word not in ALLOWED and stem(word) not in LEAFLET_STEMS:
        assert not verdict(text, "3.2").accepted


@steady
@given(st.text(max_size=60))
def test_no_text_whatever_breaks_the_check(text: str) -> None:
    if text.strip():
        assert verdict(text, "3.2").id == "one"


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u00ad", "\u202e", "\u2060", "\n", "\t", "\x00", "\u00a0", "\ufeff"]
)
def test_a_hidden_character_anywhere_is_refused(hidden: str) -> None:
    for place in (1, len(TELL) // 2, len(TELL) - 1):
        assert Rule.WORDS in rules(TELL[:place] + hidden + TELL[place:], "3.2")


def test_the_words_free_in_every_statement_name_no_medicine_symptom_number_or_safety() -> None:
    assert not PLAIN & (TURNS | SAFETY)
    known = FUNCTION | PEOPLE | set(REQUESTS) | MODALS | STATE_VERBS | ACT_VERBS
    carried = words(
        "medicine medicines medication medications patient patients person people thing things question"
    )
    carried |= words(
        "questions part record note takes taking took taken uses using used gets getting got feels"
    )
    carried |= words(
        "feeling felt notices noticing noticed needs knows knowing known happens happening occurs"
    )
    carried |= words("ones others something somebody someone else way ways time becomes becoming wants")
    assert PLAIN - known == carried | {"possible", "possibly", "perhaps"}


CARE = """\
Brimolate care

Most rashes are mild and go away. Call 555 0100 at once if your hands swell. Keep it below 25 °C. About 9 %
of people had a rash, at 50 beats/min. Put on 2 ml, then wait 10 minutes.

Late by | What to do | How often
2 hours | put it on now; rest | twice a day
3 hours | leave the lotion out | once a day

Only the nurse changes the lotion. Not known: whether it passes into milk. If it itches, do not rub it. Not
everybody gets them. First day: half a bottle, before use. Who should not use it: children, but not adults.

Do not use it if it is cloudy. The gap should be 10 hours. Put on approx. 3 ml. Bring all packs
and every lotion.
"""


@pytest.mark.parametrize(
    ("cites", "text"),
    [
        ("2.1", "Most rashes are mild."),
        ("2.2", "If your hands swell, call 555 0100 at once."),
        ("2.3", "Keep it below 25 °C."),
        ("2.4", "About 9 % of people had a rash."),
        ("2.4", "It was at 50 beats/min."),
        ("3.1 3.2", "If you are late by 2 hours, put it on now."),
        ("3.1 3.3", "If you are late by 3 hours, leave the lotion out."),
        ("4.1", "Only the nurse changes the lotion."),
        ("4.3", "Do not rub it if it itches."),
        ("4.4", "Not everyone gets them."),
        ("4.5", "It is half a bottle on the first day, before you use it."),
        ("4.6", "Children should not use it."),
        ("5.1", "You should not use it if it is cloudy."),
        ("5.2", "The gap should be 10 hours."),
        ("5.3", "Put on about 3 ml."),
    ],
)
def test_marks_idioms_cells_and_labels_are_read_as_they_are_cited(cites: str, text: str) -> None:
    assert verdict(text, *cites.split(), document=CARE).refusals == ()


@pytest.mark.parametrize(
    ("cites", "broken", "text"),
    [
        ("2.1", 5, "Rashes are mild."),
        ("2.1", 5, "They go away."),
        ("2.1", 4, "Some rashes are mild."),
        ("2.3", 4, "Keep it at 25 °C at once."),
        ("2.3", 3, "Keep it below 25 %."),
        ("2.3", 3, "Keep it below 25 °F."),
        ("2.3", 3, "Keep it below 20 °C."),
        ("2.4", 3, "About 50 % of people had a rash."),
        ("2.4", 3, "It was at 9 beats/min."),
        ("2.5", 3, "Put on 10 ml, then wait."),
        ("2.5", 3, "Wait 2 minutes."),
        ("3.1 3.2", 6, "Use the lotion now."),
        ("3.1 3.2", 5, "Put it on often."),
        ("3.1 3.2", 4, "All but the late put it on now."),
        ("4.1", 4, "The nurse changes only the lotion."),
        ("4.2", 5, "It passes into milk."),
        ("4.3", 4, "Rub it if it itches."),
        ("4.4", 4, "Everyone gets them."),
        ("4.4", 4, "Not everyone, but nobody gets them."),
        ("4.5", 4, "It is half a bottle after use."),
        ("4.5", 3, "It is half a bottle on the second day."),
        ("4.5", 6, "Double the bottle."),
        ("4.6", 4, "Children should use it."),
        ("2.3", 6, "Keep medicines."),
        ("2.3", 6, "Keep all lotions."),
        ("5.1", 4, "Use it."),
        ("5.1", 4, "You may use it."),
        ("5.2", 5, "The gap must be 10 hours."),
        ("5.3", 5, "Put on 3 ml."),
        ("5.4", 4, "Bring all packs, but a lotion."),
    ],
)
def test_what_marks_idioms_cells_and_labels_do_not_say_is_refused(cites: str, broken: int, text: str) -> None:
    assert broken in rules(text, *cites.split(), document=CARE)


def test_a_citation_that_does_not_exist_is_refused_by_name() -> None:
    (refusal,) = verdict(TELL, "3.2", "3.9").refusals
    assert (refusal.rule, refusal.word, refusal.statement) == (Rule.DOCUMENT, "3.9", "one")


def test_a_changed_document_refuses_every_statement_and_runs_no_rule_on_it() -> None:
    report = check(guidance(statement(TELL, "3.2")), LEAFLET.replace("may", "does"), stem)
    assert [refusal.rule for refusal in report.statements[0].refusals] == [Rule.DOCUMENT]
    assert run_of(report)[Rule.HEDGES] is RuleRun.NOT


@pytest.mark.parametrize(("sentences", "accepted"), [(20, True), (19, False), (None, True)])
def test_a_number_of_sentences_is_checked_where_it_is_given(sentences: int | None, accepted: bool) -> None:
    report = check(guidance(statement(TELL, "3.2"), sentences=sentences), LEAFLET, stem)
    assert report.accepted is accepted


def test_without_the_document_nothing_is_accepted_and_the_report_says_what_was_not_run() -> None:
    report = check(guidance(statement(TELL, "3.2")), None, stem)
    assert report.statements[0].refusals == ()
    assert not report.statements[0].accepted
    assert run_of(report) == {
        Rule.DOCUMENT: RuleRun.PARTLY,
        Rule.WORDS: RuleRun.PARTLY,
        Rule.NAMES: RuleRun.NOT,
        Rule.TURNS: RuleRun.PARTLY,
        Rule.HEDGES: RuleRun.NOT,
        Rule.REQUESTS: RuleRun.PARTLY,
        Rule.REVIEW: RuleRun.WHOLE,
    }


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("It is safe.", Rule.TURNS),
        ("Take tea.", Rule.REQUESTS),
        ("Tell them, then stop.", Rule.REQUESTS),
        ("You should use tea.", Rule.REQUESTS),
        ("Tell\u200b them.", Rule.WORDS),
    ],
)
def test_without_the_document_what_no_document_is_needed_for_is_still_refused(text: str, rule: Rule) -> None:
    report = check(guidance(statement(text, "3.2")), None, stem)
    assert {refusal.rule for refusal in report.statements[0].refusals} == {rule}


@pytest.mark.parametrize(("sentences", "refused"), [(5, False), (3, True), (None, False)])
def test_without_the_document_a_citation_must_fit_the_number_of_sentences(
    sentences: int | None, refused: bool
) -> None:
    report = check(guidance(statement(TELL, "3.2"), sentences=sentences), None, stem)
    assert bool(report.statements[0].refusals) is refused


def test_guidance_in_another_language_is_refused_and_never_passed_by_default() -> None:
    report = check(guidance(statement("Dites.", "3.2"), language="fr"), LEAFLET, stem)
    (refusal,) = report.statements[0].refusals
    assert (refusal.rule, refusal.word) == (Rule.WORDS, "fr")
    assert "do not know" in refusal.detail
    assert not report.accepted
    assert run_of(report)[Rule.TURNS] is RuleRun.NOT


def test_a_translation_out_of_english_is_refused_and_one_into_british_english_is_checked() -> None:
    spanish = statement(TELL, "3.2", translations=(Translation("es", "Diga."),))
    british = statement(TELL, "3.2", translations=(Translation("en-GB", "Avoid lotions."),))
    plain = statement(TELL, "3.2", translations=(Translation("en-GB", "Tell the clinic nurse."),))
    found = [check(guidance(each), LEAFLET, stem).statements[0] for each in (spanish, british, plain)]
    assert [{(r.rule, r.word) for r in each.refusals} for each in found] == [
        {(Rule.WORDS, "es")},
        {(Rule.TURNS, "Avoid")},
        set(),
    ]
    assert found[0].translations == {"es": ReviewStatus.NOT_REVIEWED}


def test_each_rule_has_a_title_for_people() -> None:
    assert all(rule.title for rule in Rule)


def test_a_document_is_numbered_once_for_all_its_statements() -> None:
    """The pages check a draft on every view."""
    count = Counter[str]()

    def called(frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            count[frame.f_code.co_name] += 1

    file = guidance(
        *(replace(statement("Brimolate can cause redness.", "2.1"), id=f"s{n}") for n in range(60))
    )
    sys.setprofile(called)
    try:
        check(file, LEAFLET, stem)
    finally:
        sys.setprofile(None)

    assert count["number_sentences"] == 1
    assert count["tokens_of"] < 60 * 4

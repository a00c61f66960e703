"""What the check says of planted inventions and honest restatements, and that the guide says the same.

These are counts and no aims: a change of a rule changes them where people read them.
"""

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any

from service.actions.stems import stem_of
from service.domain.guidance.check import check
from service.domain.guidance.report import StatementReport
from service.domain.guidance.statements import Statement, StatementSection
from service.domain.sentences.numbering import SentenceNumber
from tests.docs.markdown import read as read_page
from tests.docs.markdown import table
from tests.domain.guidance.test_documents import LANGUAGES, each_document, guidance, of_document, read

PAGE = "docs/guidance.md"
BY_THE_REVIEW = re.compile(r"^- (\w+) ([\d., ]+) \((.+?)\): “(.+)”$", re.MULTILINE)


@cache
def judged(kind: str, name: str) -> dict[str, StatementReport]:
    """What the check says of each entry of a document, by the entry's id."""
    entries = of_document(kind, name)
    statements = tuple(
        Statement(
            entry["id"],
            StatementSection.TELL,
            entry["text"],
            tuple(SentenceNumber.parse(number) for number in entry["cites"]),
        )
        for entry in entries
    )
    file = replace(guidance(name), statements=statements)
    report = check(file, read(f"{name}.txt"), stem_of(LANGUAGES[name]))
    return {statement.id: statement for statement in report.statements}


def accepted(kind: str, name: str) -> dict[str, bool]:
    """Whether the check accepts each entry of a document, by the entry's id."""
    return {key: statement.accepted for key, statement in judged(kind, name).items()}


def passed(name: str) -> list[dict[str, Any]]:
    """The inventions of a document that the check lets pass."""
    verdicts = accepted("inventions", name)
    return [entry for entry in of_document("inventions", name) if verdicts[entry["id"]]]


@each_document
def test_the_guide_counts_the_inventions_that_are_refused_and_accepted_by_rule(name: str) -> None:
    verdicts = accepted("inventions", name)
    found = Counter((entry["rule"], verdicts[entry["id"]]) for entry in of_document("inventions", name))
    rows = [row for row in table(PAGE, "What the check was tried on") if row["document"] == name]

    assert [(row["planted for"], row["refused"], row["accepted"]) for row in rows] == [
        (_planted_for(rule), str(found[rule, False]), str(found[rule, True]))
        for rule in sorted({rule for rule, _ in found})
    ]


def _planted_for(rule: str) -> str:
    return "the review" if rule == "review" else f"rule {rule}"


@each_document
def test_the_guide_counts_the_honest_restatements_that_are_accepted_and_refused(name: str) -> None:
    found = Counter(accepted("restatements", name).values())
    (row,) = (row for row in table(PAGE, "Honest restatements") if row["document"] == name)

    assert (row["accepted"], row["refused"]) == (str(found[True]), str(found[False]))


@each_document
def test_the_guide_counts_the_notes_on_what_is_accepted(name: str) -> None:
    (row,) = (row for row in table(PAGE, "Notes") if row["document"] == name)
    counts = [
        Counter(bool(found.notes) for found in judged(kind, name).values() if found.accepted)
        for kind in ("inventions", "restatements")
    ]

    assert list(row.values())[1:] == [str(found[noted]) for found in counts for noted in (True, False)]


@each_document
def test_the_guide_names_every_invention_that_is_left_to_the_review(name: str) -> None:
    named = [line for line in BY_THE_REVIEW.findall(read_page(PAGE)) if line[0] == name]

    assert sorted(named) == sorted(
        (name, ", ".join(entry["cites"]), entry["kind"], entry["text"]) for entry in passed(name)
    )


def test_every_invention_is_planted_for_a_document_of_the_guide() -> None:
    assert {row["document"] for row in table(PAGE, "What the check was tried on")} == set(LANGUAGES)
    assert {document for document, *_ in BY_THE_REVIEW.findall(read_page(PAGE))} <= set(LANGUAGES)


@each_document
def test_no_invention_passes_that_a_rule_was_meant_for(name: str) -> None:
    assert {entry["rule"] for entry in passed(name)} <= {"review"}

"""What stands beside what on a draft's page: each sentence, and the statements that rest on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from service.domain.guidance.drafts import CheckedDraft
from service.domain.guidance.report import StatementReport
from service.domain.guidance.statements import Statement
from service.domain.sentences.numbering import Sentence, SentenceNumber, number_sentences


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement, what the check says of it, and its sentences as they are in the text."""

    statement: Statement
    report: StatementReport
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence, the statements that cite it first of all, and those that cite it after another."""

    sentence: Sentence
    statements: tuple[Judged, ...]
    also: tuple[Judged, ...]

    @property
    def cited(self) -> bool:
        """Whether any statement rests on it."""
        return bool(self.statements or self.also)


def rows_of(checked: CheckedDraft) -> tuple[list[tuple[int, list[Row]]], tuple[Judged, ...]]:
    """The rows of each paragraph by its number; and the statements that cite no sentence of the text."""
    sentences = number_sentences(checked.text)
    known = {sentence.number: sentence for sentence in sentences}
    judged = tuple(judged_of(checked, one, known) for one in checked.guidance.statements)
    rows = [_row(sentence, judged) for sentence in sentences]
    paragraphs = groupby(rows, key=lambda row: row.sentence.number.paragraph)
    return [(number, list(inner)) for number, inner in paragraphs], tuple(
        one for one in judged if not one.sentences
    )


def judged_of(
    checked: CheckedDraft, statement: Statement, known: Mapping[SentenceNumber, Sentence]
) -> Judged:
    """A statement with its verdict and its sentences."""
    cited = tuple(known[number] for number in statement.cites if number in known)
    return Judged(statement, checked.of(statement.id), cited)


def _row(sentence: Sentence, judged: tuple[Judged, ...]) -> Row:
    here = [one for one in judged if sentence in one.sentences]
    return Row(
        sentence,
        tuple(one for one in here if one.sentences[0] == sentence),
        tuple(one for one in here if one.sentences[0] != sentence),
    )

"""What a sheet's statements rest on: the sentences they cite, numbered, each under its own document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.checklists.checklist import SectionId
from service.domain.checklists.document import treatments_of
from service.domain.wording import Catalogue

Sentence = tuple[str, int, int]
"""The digest of a document, a paragraph of it and a sentence of that."""


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document's title and its cited sentences: the number of each on the sheet, and where it stands."""

    title: str
    sentences: tuple[tuple[int, str], ...]


class Citations:
    """The cited sentences of an issued document, numbered from 1 through its source documents in turn.

    Sentences of one source document are in the order in which the sheet first cites them. Two treatments may
    rest on the same one. ``section`` is the one that they are listed below: the last before the signatures.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        treatments = treatments_of(document)
        self._titles = {
            one["guidance"]["document_sha256"]: one["guidance"]["document_title"] for one in treatments
        }
        self._used = {one["id"]: one["guidance"]["document_sha256"] for one in treatments}
        lines = [line for section in document["sections"] for line in section["lines"]]
        cited = [
            sentence for line in lines if line["kind"] == "guidance" for sentence in self._sentences(line)
        ]
        in_turn = sorted(dict.fromkeys(cited), key=lambda sentence: list(self._titles).index(sentence[0]))
        self._numbers = {sentence: number for number, sentence in enumerate(in_turn, start=1)}
        self.section: str = [
            section["id"] for section in document["sections"] if section["id"] != SectionId.SIGN_OFF
        ][-1]

    def numbers(self, line: Mapping[str, Any]) -> tuple[int, ...]:
        """The numbers that stand behind a statement for the sentences that it cites."""
        return tuple(self._numbers[sentence] for sentence in self._sentences(line))

    def documents(self, words: Catalogue) -> tuple[CitedDocument, ...]:
        """Each source document with where its numbered sentences stand in it."""
        return tuple(
            CitedDocument(
                title,
                tuple(
                    (number, words.text("sheet.sentence", paragraph=paragraph, sentence=sentence))
                    for (document, paragraph, sentence), number in self._numbers.items()
                    if document == sha256
                ),
            )
            for sha256, title in self._titles.items()
        )

    def _sentences(self, line: Mapping[str, Any]) -> Iterator[Sentence]:
        """What a statement cites. On a sheet for one treatment a line does not name it."""
        used = self._used[line["treatment"]] if "treatment" in line else next(iter(self._titles))
        return ((used, cited["paragraph"], cited["sentence"]) for cited in line["citations"])

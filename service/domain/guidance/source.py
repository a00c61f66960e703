"""A source document's text as the check reads it: whether it is the one cited, and its numbered sentences."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from service.domain.guidance.languages import is_written_in, language_of
from service.domain.guidance.statements import SourceDocument, Statement
from service.domain.guidance.words import Finding
from service.domain.sentences.numbering import SentenceNumber, number_sentences


@dataclass(frozen=True)
class Source:
    """The document that a guidance names and the text given for it, if any; numbered once for one check."""

    document: SourceDocument
    text: str | None

    @cached_property
    def is_the_document(self) -> bool:
        """Whether the text is the one that the guidance was made from."""
        if self.text is None:
            return False
        return hashlib.sha256(self.text.encode()).hexdigest() == self.document.sha256

    @cached_property
    def numbered(self) -> dict[SentenceNumber, str]:
        """The sentences of the text given, whichever it is; none without one."""
        text = self.text or ""
        return {sentence.number: sentence.text for sentence in number_sentences(text)}

    def cited(self, statement: Statement) -> dict[SentenceNumber, str] | None:
        """The cited sentences that there are, as they are cited; None where they cannot be told."""
        if not self.is_the_document:
            return None
        return {number: self.numbered[number] for number in statement.cites if number in self.numbered}

    @cached_property
    def headers(self) -> frozenset[SentenceNumber]:
        """The first row of each table: it names the columns and says nothing itself."""
        first: dict[int, SentenceNumber] = {}
        for number, text in self.numbered.items():
            if "|" in text:
                first.setdefault(number.paragraph, number)
        return frozenset(first.values())

    def faults(self, statement: Statement) -> Iterator[Finding]:
        """Rule 1: what shows that the text is not the document cited, or has not the sentences cited."""
        if self.text is None:
            yield from self._impossible(statement)
            return
        yield from self._faults_of_the_text
        for number in statement.cites:
            if number not in self.numbered:
                yield Finding(str(number), "is no sentence of the document")

    def _impossible(self, statement: Statement) -> Iterator[Finding]:
        count = self.document.sentences
        for number in statement.cites:
            # Each earlier paragraph has a sentence at least.
            if count is not None and number.paragraph - 1 + number.sentence > count:
                yield Finding(str(number), f"cannot exist in a document of {count} sentences")

    @cached_property
    def _faults_of_the_text(self) -> tuple[Finding, ...]:
        document, found = self.document, []
        if not self.is_the_document:
            found.append(Finding(document.file, "is not the document cited: its SHA-256 is another"))
        known = language_of(document.language)
        if known is not None and not is_written_in(self.text or "", known):
            found.append(Finding(document.language, "is not the language that the document is written in"))
        count = len(self.numbered)
        if document.sentences not in {None, count}:
            found.append(
                Finding(str(document.sentences), f"is not the document's number of sentences, {count}")
            )
        return tuple(found)

"""Guidance: statements in our own words, each resting on numbered sentences of a source document.

What a statement may say is decided by ``check``; this module holds what a statement is.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from service.domain.codings import Coding
from service.domain.sentences.numbering import SentenceNumber


class StatementSection(StrEnum):
    """Where a statement stands on a checklist; ``about`` stands with the treatment only."""

    TELL = "tell"
    WHY = "why"
    REPORT = "report"
    FOLLOW_UP = "follow_up"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Review:
    """A named person compared a text with its sentences on a day.

    ``digest`` is the ``review_digest`` of what was compared; a later change of it no longer fits.
    """

    by: str
    on: date
    digest: str

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise ValueError("a review names the person who made it")

    @property
    def of_text(self) -> str:
        """The part of the digest that needs no document: the ``text_digest``."""
        return self.digest.partition(".")[0]


def text_digest(document_sha256: str, text: str, cites: tuple[SentenceNumber, ...]) -> str:
    """The SHA-256 (hex) that binds a review to a text, the sentences it cites and their document."""
    parts = (document_sha256, text, *(str(number) for number in cites))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def review_digest(text: str, sentences: tuple[str, ...]) -> str:
    """What a review is bound to: a ``text_digest``, a stop, and 16 hex digits for the cited sentences' words.

    The second part shows a later rule that numbers other sentences so, which the numbers themselves do not.
    """
    words = hashlib.sha256("\x1f".join(sentences).encode()).hexdigest()
    return f"{text}.{words[:16]}"


@dataclass(frozen=True, slots=True)
class Translation:
    """A statement's text in another language (BCP 47 tag), with its own review or none yet."""

    language: str
    text: str
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of guidance and the sentences of the document it rests on."""

    id: str
    section: StatementSection
    text: str
    cites: tuple[SentenceNumber, ...]
    review: Review | None = None
    translations: tuple[Translation, ...] = ()

    def __post_init__(self) -> None:
        if not self.id or not self.text.strip():
            raise ValueError("a statement has an id and a text")
        if not self.cites:
            raise ValueError(f"statement {self.id!r} cites no sentence")


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """The document that guidance rests on. Its text stays with its owner; this names and fingerprints it."""

    id: str
    title: str
    language: str
    file: str
    sha256: str
    sentences: int | None = None


@dataclass(frozen=True, slots=True)
class Treatment:
    """What a checklist is made for."""

    id: str
    name: str
    codings: tuple[Coding, ...] = ()


@dataclass(frozen=True, slots=True)
class Guidance:
    """All statements made from one document for one treatment."""

    document: SourceDocument
    treatment: Treatment
    statements: tuple[Statement, ...]

    def __post_init__(self) -> None:
        ids = [statement.id for statement in self.statements]
        if len(ids) != len(set(ids)):
            raise ValueError("two statements have the same id")

    def __hash__(self) -> int:
        """That of its document and treatment: cheap, and equal for equal guidance."""
        return hash((self.document.sha256, self.treatment.id))

    def in_section(self, section: StatementSection) -> tuple[Statement, ...]:
        """The statements of one section, in the file's order."""
        return tuple(statement for statement in self.statements if statement.section is section)

    def reviewed_translation(self, statement: Statement, language: str) -> Translation | None:
        """The statement's text in a language, if a person reviewed it since it last changed."""
        for translation in statement.translations:
            if translation.language == language and translation.review is not None:
                digest = text_digest(self.document.sha256, translation.text, statement.cites)
                return translation if translation.review.of_text == digest else None
        return None

    def digest(self, statement: Statement) -> str:
        """The ``text_digest`` of this statement's own text."""
        return text_digest(self.document.sha256, statement.text, statement.cites)

    @property
    def version(self) -> str:
        """The SHA-256 (hex) of all that stands in it: another text, citation or review is another version."""
        return hashlib.sha256(json.dumps(asdict(self), default=str, sort_keys=True).encode()).hexdigest()

    @property
    def unreviewed(self) -> tuple[str, ...]:
        """The ids of statements that no person reviewed since their text last changed."""
        return tuple(
            statement.id
            for statement in self.statements
            if statement.review is None or statement.review.of_text != self.digest(statement)
        )

"""What is done with guidance that is still being written; each change gives the guidance as it is afterwards.

Nothing here takes a review away: a review is bound to the digest of what was compared, so that a change of a
statement's text, of what it cites or of the document voids it by itself.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace

from service.domain.errors import NotFoundError
from service.domain.guidance.statements import Guidance, Review, SourceDocument, Statement
from service.domain.sentences.numbering import Sentence, SentenceNumber, number_sentences
from service.domain.text import TextFault, fault_in

MOST_TEXT = 400_000
"""The longest document, in code points."""
_LAYOUT = {ord(mark): "\n" for mark in "\r\f\v\x85\u2028\u2029"} | {ord("\t"): " "}
_BETWEEN = re.compile(r"[\s,;]+")
_OWN = "statement-"


def document_of(text: str, *, title: str, language: str, file: str, id_of: str) -> SourceDocument:
    """What names and fingerprints a text: its SHA-256 in UTF-8 and its number of sentences."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return SourceDocument(id_of, title, language, file, digest, len(number_sentences(text)))


def id_from(name: str) -> str:
    """An id made of a name: small letters, digits and dashes; empty where the name has none of them."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def read_cites(text: str) -> tuple[SentenceNumber, ...]:
    """The numbers in ``"5.2, 5.3"``, each once, in the order in which they were written.

    Raises ValueError for what is no such number.
    """
    parts = (part for part in _BETWEEN.split(text) if part)
    return tuple(dict.fromkeys(SentenceNumber.parse(part) for part in parts))


def written_cites(cites: Iterable[SentenceNumber]) -> str:
    """The same, back as text."""
    return ", ".join(map(str, cites))


def statement_of(guidance: Guidance, statement_id: str) -> Statement:
    """The statement with this id. Raises NotFoundError."""
    found = next((one for one in guidance.statements if one.id == statement_id), None)
    if found is None:
        raise NotFoundError("There is no such statement.")
    return found


def with_statement(guidance: Guidance, statement: Statement) -> Guidance:
    """With a statement in the place of the one that has its id."""
    changed = (statement if one.id == statement.id else one for one in guidance.statements)
    return replace(guidance, statements=tuple(changed))


def with_another(guidance: Guidance, statement: Statement) -> Guidance:
    """With one statement more, under its own id, or under a new one where another statement has that."""
    taken = any(one.id == statement.id for one in guidance.statements)
    named = replace(statement, id=new_statement_id(guidance)) if taken else statement
    return replace(guidance, statements=(*guidance.statements, named))


def without_statement(guidance: Guidance, statement_id: str) -> Guidance:
    """Without the statement that has this id. Raises NotFoundError."""
    gone = statement_of(guidance, statement_id)
    return replace(guidance, statements=tuple(one for one in guidance.statements if one is not gone))


def with_review(guidance: Guidance, statement_id: str, review: Review) -> Guidance:
    """With a review of one statement. Raises NotFoundError."""
    return with_statement(guidance, replace(statement_of(guidance, statement_id), review=review))


def new_statement_id(guidance: Guidance) -> str:
    """An id that no statement of the guidance has."""
    taken = {one.id for one in guidance.statements}
    return next(f"{_OWN}{n}" for n in range(1, len(taken) + 2) if f"{_OWN}{n}" not in taken)


def on_text(guidance: Guidance, title: str, before: str | None, text: str) -> Guidance:
    """The same statements on a text of the document: the same as ``before``, or another.

    A citation follows its sentence to where the same words stand now, if they stand in one place only;
    otherwise, and where the earlier text is not known, it keeps its number. Reviews of statements on another
    text hold no longer.
    """
    now = guidance.document
    document = document_of(text, title=title, language=now.language, file=now.file, id_of=now.id)
    if before is None or document.sha256 == now.sha256:
        return replace(guidance, document=document)
    was = {sentence.number: sentence.text for sentence in number_sentences(before)}
    places = _places(number_sentences(text))
    moved = (
        replace(one, cites=tuple(dict.fromkeys(_moved(number, was, places) for number in one.cites)))
        for one in guidance.statements
    )
    return replace(guidance, document=document, statements=tuple(moved))


def _places(sentences: Iterable[Sentence]) -> Mapping[str, list[SentenceNumber]]:
    places: dict[str, list[SentenceNumber]] = {}
    for sentence in sentences:
        places.setdefault(sentence.text, []).append(sentence.number)
    return places


def _moved(
    number: SentenceNumber,
    was: Mapping[SentenceNumber, str],
    places: Mapping[str, list[SentenceNumber]],
) -> SentenceNumber:
    now = places.get(was.get(number, ""), [])
    return now[0] if len(now) == 1 else number


def document_fault(text: str) -> TextFault | None:
    """Why a text cannot be a source document: blank, too long, or with signs that nobody can see or read."""
    if not text.strip():
        return TextFault("required", "This is needed.")
    if "\ufffd" in text:
        return TextFault("lost_signs", "Some signs were lost before the text came here.")
    return fault_in(text.translate(_LAYOUT), most=MOST_TEXT, lines=True)

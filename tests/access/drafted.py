"""Guidance of a clinic's own: drafts, and versions that only it has."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from service.actions.work import new_id
from service.domain.guidance.drafts import GuidanceDraft
from service.domain.guidance.editing import document_of
from service.domain.guidance.statements import (
    Guidance,
    Review,
    Statement,
    StatementSection,
    Treatment,
    review_digest,
    text_digest,
)
from service.domain.sentences.numbering import number_sentences
from service.store import guidance_drafts as store
from service.store.database import Database, Reach
from tests.guidance_leaflet import LEAFLET, numbers
from tests.store.records import publish

TOLD, ASKED = (
    "Regular care is important for the management of dryness and minimizing flakes.",
    "Report any severe itching to the clinic nurse.",
)


@dataclass(frozen=True)
class Drafted:
    """A draft of two statements, of which the first was compared."""

    id: str
    digest: str
    statement: str = "asked"


def guidance_for(treatment_id: str) -> Guidance:
    """The first statement reviewed, the second accepted only."""
    document = document_of(LEAFLET, title="A leaflet", language="en", file="leaflet.txt", id_of="leaflet")
    told = _statement("told", TOLD, "6.1")
    review = Review(
        "Test Reviewer 01", datetime(2026, 11, 23, tzinfo=UTC).date(), _digest(document.sha256, told)
    )
    return Guidance(
        document,
        Treatment(treatment_id, "Brimolate"),
        (replace(told, review=review), _statement("asked", ASKED, "2.3")),
    )


def add_draft(database: Database, clinic_id: UUID, treatment_id: str, *, complete: bool = False) -> Drafted:
    """Keep a draft; a complete one has only what was compared."""
    guidance = guidance_for(treatment_id)
    asked = guidance.statements[1]
    if complete:
        guidance = replace(guidance, statements=guidance.statements[:1])
    now = datetime.now(UTC)
    draft = GuidanceDraft(new_id(now), guidance, 1, now, "Test Administrator 01")
    with database.transaction(Reach.ALL) as connection:
        store.insert_document(connection, clinic_id, guidance.document.sha256, LEAFLET, now, "A")
        store.insert_draft(connection, clinic_id, draft)
    return Drafted(str(draft.id), _digest(guidance.document.sha256, asked))


def add_version(database: Database, clinic_id: UUID, treatment_id: str) -> str:
    """Publish a version for a treatment of its own; its digest."""
    guidance = guidance_for(treatment_id)
    with database.transaction(Reach.ALL) as connection:
        publish(connection, clinic_id, guidance, guidance.version, datetime.now(UTC))
    return guidance.version


def _statement(statement_id: str, text: str, *cites: str) -> Statement:
    return Statement(statement_id, StatementSection.REPORT, text, numbers(*cites))


def _digest(sha256: str, statement: Statement) -> str:
    sentences = {sentence.number: sentence.text for sentence in number_sentences(LEAFLET)}
    text = text_digest(sha256, statement.text, statement.cites)
    return review_digest(text, tuple(sentences[number] for number in statement.cites))

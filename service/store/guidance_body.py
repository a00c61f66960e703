"""A guidance as the JSON that is kept of it, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from service.domain.codings import Coding
from service.domain.guidance.statements import (
    Guidance,
    Review,
    SourceDocument,
    Statement,
    StatementSection,
    Translation,
    Treatment,
)
from service.domain.sentences.numbering import SentenceNumber

_Json = Mapping[str, Any]


def guidance_to_json(guidance: Guidance) -> dict[str, Any]:
    """Plain data with every fact of the guidance."""
    return {
        "document": asdict(guidance.document),
        "treatment": asdict(guidance.treatment),
        "statements": [_statement_to_json(statement) for statement in guidance.statements],
    }


def guidance_from_json(kept: _Json) -> Guidance:
    """The guidance that ``guidance_to_json`` was given."""
    treatment = kept["treatment"]
    return Guidance(
        document=SourceDocument(**kept["document"]),
        treatment=Treatment(
            treatment["id"], treatment["name"], tuple(Coding(**coding) for coding in treatment["codings"])
        ),
        statements=tuple(_statement(statement) for statement in kept["statements"]),
    )


def _statement_to_json(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "section": statement.section.value,
        "text": statement.text,
        "cites": [str(number) for number in statement.cites],
        "review": _review_to_json(statement.review),
        "translations": [
            {"language": t.language, "text": t.text, "review": _review_to_json(t.review)}
            for t in statement.translations
        ],
    }


def _statement(kept: _Json) -> Statement:
    return Statement(
        id=kept["id"],
        section=StatementSection(kept["section"]),
        text=kept["text"],
        cites=tuple(SentenceNumber.parse(number) for number in kept["cites"]),
        review=_review(kept["review"]),
        translations=tuple(
            Translation(t["language"], t["text"], _review(t["review"])) for t in kept["translations"]
        ),
    )


def _review_to_json(review: Review | None) -> dict[str, str] | None:
    return {"by": review.by, "on": review.on.isoformat(), "digest": review.digest} if review else None


def _review(kept: _Json | None) -> Review | None:
    return Review(kept["by"], date.fromisoformat(kept["on"]), kept["digest"]) if kept else None

"""Drafts of guidance as an administrator types them; the document's text is read apart."""

import re
from typing import Any

from marshmallow import ValidationError, post_load, validates

from service.domain.guidance.editing import id_from, read_cites
from service.domain.guidance.languages import LANGUAGES
from service.domain.guidance.statements import StatementSection
from service.web.fields import Choice, Text
from service.web.schemas.strict import NAME, NOTE, SHORT, TEXT, StrictSchema

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class DocumentSchema(StrictSchema):
    """What a document and its treatment are called."""

    title = Text(most=NAME, required=True)
    treatment_name = Text(most=SHORT, required=True)


class TitleSchema(StrictSchema):
    """What the next edition of a document is called."""

    title = Text(most=NAME, required=True)


class NewDraftSchema(DocumentSchema):
    """A draft to begin: an id that is left out is made of the treatment's name."""

    treatment_id = Text(most=SHORT)
    language = Text(most=SHORT, required=True)

    @validates("language")
    def check_language(self, value: str, **_: Any) -> None:
        """Refuse a language that the rules do not know."""
        if value not in {language.tag for language in LANGUAGES}:
            raise ValidationError("choice|A language that the rules know.")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Find the treatment's id."""
        found = data.get("treatment_id") or id_from(data["treatment_name"])
        if not _ID.fullmatch(found):
            raise ValidationError({"treatment_id": ["id_form|Small letters, digits and dashes."]})
        return {**data, "treatment_id": found}


class StatementSchema(StrictSchema):
    """A statement: its text on one line, and the sentences it cites as ``5.2, 5.3``."""

    text = Text(most=TEXT, lines=True, required=True)
    section = Choice(StatementSection, required=True)
    cites = Text(most=NOTE, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Read the numbers."""
        try:
            cites = read_cites(data["cites"])
        except ValueError:
            cites = ()
        if not cites:
            raise ValidationError({"cites": ["cites|Numbers such as 5.2."]})
        return {**data, "text": " ".join(data["text"].split()), "cites": cites}

"""Made-up checklists as they are written in FHIR."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

from hypothesis import settings

from service.formats.fhir.writing.compositions import write_composition, write_document
from service.formats.fhir.writing.document_references import write_document_reference
from service.formats.proof import Issued
from tests.domain.made_up import steady

few = settings(steady, max_examples=40)
BASE = "https://checklist.example/fhir"
XHTML = "{http://www.w3.org/1999/xhtml}"


def bundle_of(sheet: Issued, **state: Any) -> dict[str, Any]:
    return write_document(sheet.document, {**sheet.state_document, **state}, sheet.words, BASE)


def composition_of(sheet: Issued, **state: Any) -> dict[str, Any]:
    return write_composition(sheet.document, {**sheet.state_document, **state}, sheet.words)


def reference_of(sheet: Issued, *replaces: UUID) -> dict[str, Any]:
    return write_document_reference(sheet.document, sheet.state.status, sheet.words, BASE, replaces)


def section(composition: Mapping[str, Any], section_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        part for part in composition["section"] if part["code"]["coding"][0]["code"] == section_id
    )
    return found


def parsed(div: str) -> ET.Element:
    return ET.fromstring(div)  # noqa: S314 -- made by the service itself


def words_of(div: str) -> list[str]:
    """The text of each paragraph and each line of a list."""
    root = parsed(div)
    blocks = [block for block in root.iter() if block.tag in (f"{XHTML}p", f"{XHTML}li")]
    return ["".join(block.itertext()) for block in blocks]

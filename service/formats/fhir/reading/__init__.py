"""Reads FHIR R4 as others write it: tolerant of what is missing, strict about what it means.

``read`` takes a resource or a Bundle and gives, entry by entry, what was said in the domain's own words, of
which patient, and an issue for every decision. Whatever comes in, it answers with issues and never with an
exception. Nothing is looked up or kept here: what becomes of it is the domain's matter.
"""

from typing import Any

from service.formats.fhir.reading.bundles import BUNDLE, read_bundle
from service.formats.fhir.reading.document import Document, Entry, Sent
from service.formats.fhir.reading.medicines import Medicine, medicine_of
from service.formats.fhir.reading.readers import called, read_alone
from service.formats.findings import Reading

__all__ = ["Medicine", "medicine_of", "read"]


def read(document: dict[str, Any], *, sender: str | None, base: str | None = None) -> Reading:
    """Read a resource or a Bundle as ``parse_fhir`` gives it.

    ``sender`` is the id of who sends it: what they call a resource is an identifier in a system of theirs.
    ``base`` is the address of our own FHIR face, so that our own addresses are known again.
    """
    if document.get("resourceType") == BUNDLE:
        return read_bundle(document, sender, base)
    sent = Sent(called(Sent("", document).resource_type), document)
    return Reading((read_alone(Entry(Document([sent], sender, base), 0, sent)),))

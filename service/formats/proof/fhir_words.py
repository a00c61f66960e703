"""Which words for programs, and which titles, may stand in the elements of the sheet as a FHIR document.

They are written down here once more, by hand, so that the writer cannot widen them unnoticed.
"""

from service.domain.checklists.checklist import SectionId
from service.domain.medications.categories import Category
from service.domain.wording import ENGLISH

_OWN = "urn:medication-checklist:"
_TYPES = ("Bundle", "Composition", "Patient", "MedicationStatement", "DocumentReference", "Binary")
WORDS = frozenset(
    {
        *(*_TYPES, "Practitioner", "Device", "RelatedPerson", "Organization"),
        *("document", "checklist", "additional", "snapshot", "author", "#author", "user-friendly-name"),
        *("final", "current", "superseded", "entered-in-error", "replaces", "personal", "professional"),
        *("active", "on-hold", "intended", "unknown", "stopped", "on_earlier_list"),
        *("nilknown", "notasked", "unavailable", "withheld", "asked-unknown", "asked-declined"),
        *("items_reported", "none_reported", "declined", "not_asked"),
        *("caregiver", "related_person", "practitioner", "organization"),
        *("56445-0", "10160-0", "application/pdf", "application/fhir+json", "urn:ietf:bcp:47", "en"),
        *("http://loinc.org", "http://terminology.hl7.org/CodeSystem/list-empty-reason"),
        "http://hl7.org/fhir/StructureDefinition/language",
        "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
        *(section.replace("_", "-") for section in SectionId),
        *(f"{_OWN}{name}" for name in ("item", "patient", "checklist", "category", "answer", "informant")),
        *(f"{_OWN}{name}" for name in ("recorder:staff", "recorder:system", "section", "document-type")),
        f"{_OWN}standing",
        *(
            f"{_OWN}extension:{name}"
            for name in (
                *("name", "description", "strength", "form", "last-taken", "prescriber", "stopped-on"),
                *("section", "print-size"),
            )
        ),
    }
)
"""The words of R4, of other systems and of our own."""
TITLES = frozenset(ENGLISH[f"section.{name}"] for name in (*Category, "earlier_list"))
"""What a category is called in an item."""

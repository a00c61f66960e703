"""The ids below /fhir: a List's and a Provenance's are made from those of the patient and the item."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.medications.categories import Category
from service.formats.fhir.codes import CATEGORY_CODES, CATEGORY_OF_CODE, UNCATEGORIZED_CODE

_ITEM, _LIST = "item", "list"
_UUID_LENGTH = 36


@dataclass(frozen=True, slots=True)
class ListId:
    """A List: whose, and of which category; None holds what nobody has sorted yet."""

    patient_id: UUID
    category: Category | None

    def __str__(self) -> str:
        return f"{self.patient_id}.{category_code(self.category)}"


@dataclass(frozen=True, slots=True)
class ProvenanceId:
    """A Provenance: of an item (its id), or of a List."""

    of: UUID | ListId

    def __str__(self) -> str:
        return f"{_LIST if isinstance(self.of, ListId) else _ITEM}.{self.of}"


def category_code(category: Category | None) -> str:
    """The code of a category, or the one for what is not sorted."""
    return CATEGORY_CODES[category] if category else UNCATEGORIZED_CODE


def read_uuid(text: str) -> UUID | None:
    """A UUID in its usual form; None for anything else."""
    if len(text) != _UUID_LENGTH:
        return None
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text.lower() else None


def read_list_id(text: str) -> ListId | None:
    """The List that an id names; None for what is no id of a List of ours."""
    patient, _, code = text.partition(".")
    patient_id = read_uuid(patient)
    if patient_id is None or code not in {*CATEGORY_OF_CODE, UNCATEGORIZED_CODE}:
        return None
    return ListId(patient_id, CATEGORY_OF_CODE.get(code))


def read_provenance_id(text: str) -> ProvenanceId | None:
    """The Provenance that an id names; None for what is no id of a Provenance of ours."""
    kind, _, rest = text.partition(".")
    of = {_ITEM: read_uuid, _LIST: read_list_id}.get(kind, lambda _: None)(rest)
    return ProvenanceId(of) if of else None

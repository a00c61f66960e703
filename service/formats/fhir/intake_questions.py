"""The intake form's questions by their link ids: what the Questionnaire asks, and its responses answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from service.domain.attribution import CollectionMode, InformantKind
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Status
from service.domain.text import NAME_LENGTH, NOTE_LENGTH, TEXT_LENGTH
from service.formats.fhir.codes import ANSWER, COLLECTION_MODE, INFORMANT, STATUS
from service.formats.fhir.ids import category_code

QUESTIONNAIRE_ID = "medication-list"
WHO = "who"
INFORMANT_KIND, INFORMANT_NAME = "informant", "informant-name"
MODE, PATIENT_NAME = "collection-mode", "patient-name"
CODINGS = "codings"
"""The extension of an item's group for its codes, which nobody types."""
SORTED_IN: tuple[Category | None, ...] = (*Category, None)
"""The groups of medicines in their order; None holds what nobody has sorted yet."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The words of one kind that answer a question, each with the key of its text."""

    system: str
    kind: type[StrEnum]
    keys: Mapping[str, str]

    def read(self, code: str) -> StrEnum | None:
        """The word with that code, if it is one to choose."""
        return self.kind(code) if code in self.keys else None


@dataclass(frozen=True, slots=True)
class Field:
    """One fact of an item as a question: its field, its type in R4, the key of its text, its length."""

    name: str
    type: str
    key: str
    most: int | None = TEXT_LENGTH

    @property
    def link(self) -> str:
        """The end of its link id."""
        return self.name.replace("_", "-")


def _keys(prefix: str, *words: StrEnum) -> Mapping[str, str]:
    return MappingProxyType({word.value: f"{prefix}.{word}" for word in words})


INFORMANTS = Choices(INFORMANT, InformantKind, _keys("form_who", *InformantKind))
_SHOWN_MODES = ("interview", "phone", "paper", "handed_device")
MODES = Choices(
    COLLECTION_MODE,
    CollectionMode,
    MappingProxyType(
        {
            mode.value: f"form_mode.{mode}" if mode.value in _SHOWN_MODES else f"mode.{mode}"
            for mode in CollectionMode
        }
    ),
)
ANSWERS = Choices(
    ANSWER, Answer, _keys("form_answer", *(answer for answer in Answer if answer is not Answer.NOT_ASKED))
)
STATUSES = Choices(
    STATUS, Status, _keys("status_word", *(s for s in Status if s is not Status.ENTERED_IN_ERROR))
)
FIELDS = (
    Field("name", "string", "item.name", NAME_LENGTH),
    Field("description", "string", "item.description", NAME_LENGTH),
    Field("strength", "string", "item.strength"),
    Field("form", "string", "item.form"),
    Field("dosage_text", "string", "form.dosage_text"),
    Field("route", "string", "item.route"),
    Field("frequency", "string", "item.frequency"),
    Field("as_needed", "boolean", "item.as_needed", None),
    Field("reason", "string", "item.reason"),
    Field("last_taken", "string", "item.last_taken"),
    Field("started_on", "date", "item.started_on", None),
    Field("stopped_on", "date", "item.stopped_on", None),
    Field("prescriber", "string", "item.prescriber"),
    Field("status", "choice", "item.status", None),
    Field("note", "text", "item.note", NOTE_LENGTH),
)


def group_link(category: Category | None) -> str:
    """The group of a category, or of what nobody has sorted."""
    return category_code(category)


def answer_link(category: Category) -> str:
    """The one question of a category."""
    return f"{category_code(category)}.answer"


def items_link(category: Category | None) -> str:
    """The repeating group of a category's items."""
    return f"{category_code(category)}.item"


def field_link(category: Category | None, field: Field) -> str:
    """A question about an item."""
    return f"{items_link(category)}.{field.link}"


def questionnaire_url(base: str) -> str:
    """The form's canonical address; ``base`` is that of the FHIR face."""
    return f"{base}/Questionnaire/{QUESTIONNAIRE_ID}"


def is_questionnaire(address: str) -> bool:
    """Whether a canonical address, on whatever server and in whatever version, is the form's."""
    return address.partition("|")[0].rpartition("/")[2] == QUESTIONNAIRE_ID

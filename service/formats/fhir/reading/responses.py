"""A filled-in intake form, read as what an intake posts: a whole list with its answers, and who gave them.

Whatever stands in it is read or named: an answer to a question that the form does not have refuses it, since
it may be a medicine. A question without an answer was not asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from service.domain.attribution import CollectionMode, Informant, InformantKind
from service.domain.medications.categories import Answer, Category
from service.domain.medications.medication_list import MOST_ITEMS
from service.domain.medications.whole_list import WholeList
from service.domain.text import NAME_LENGTH
from service.formats.fhir import intake_questions as asked
from service.formats.fhir.ids import read_uuid
from service.formats.fhir.reading.answers import Answers, answers_in
from service.formats.fhir.reading.document import Document, Entry, Sent
from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.leftovers import tell_if_cut, tell_leftovers
from service.formats.fhir.reading.listed_items import read_listed
from service.formats.fhir.reading.people import informant_in
from service.formats.fhir.reading.readers import called
from service.formats.fhir.reading.references import whose_of
from service.formats.fhir.reading.releases import refuse_unreadable
from service.formats.findings import Issue, Whose

RESPONSE = "QuestionnaireResponse"
_ABOUT_WHO = (asked.INFORMANT_KIND, asked.INFORMANT_NAME, asked.MODE, asked.PATIENT_NAME)
_TAKEN = ("completed", "amended")
_STATUSES = (*_TAKEN, "in-progress", "entered-in-error", "stopped")


@dataclass(frozen=True, slots=True)
class SentResponse:
    """A response that can be taken. ``places`` are FHIRPaths by the pointers of a posted list."""

    whose: Whose
    whole: WholeList
    informant: Informant | None
    collection_mode: CollectionMode | None
    patient_name: str | None
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResponseReading:
    """``sent`` is None where the response is refused; the issues then say why."""

    sent: SentResponse | None
    issues: tuple[Issue, ...]


def read_response(document: dict[str, Any], *, base: str | None = None) -> ResponseReading:
    """Read a response as ``parse_fhir`` gives it. ``base`` is the address of our own FHIR face."""
    alone = Sent(called(Sent("", document).resource_type), document)
    entry = Entry(Document([alone], None, base), 0, alone)
    sent = None
    if _is_response(entry) and not refuse_unreadable(entry.root, RESPONSE):
        sent = _read(entry)
    return ResponseReading(None if entry.notes.refused else sent, entry.notes.issues)


def read_response_id(text: str) -> tuple[UUID, int] | None:
    """The patient and the version of the list that an id of a response names; None for no such id."""
    patient, _, version = text.rpartition(".")
    patient_id = read_uuid(patient)
    counted = version.isascii() and version.isdigit() and len(version) <= 9  # noqa: PLR2004 -- what the store counts to
    if patient_id is None or not counted or version.startswith("0"):
        return None
    return patient_id, int(version)


def _is_response(entry: Entry) -> bool:
    if entry.sent.resource_type == RESPONSE:
        return True
    detail = f"{called(entry.sent.resource_type)} is not taken here; post a {RESPONSE}."
    entry.notes.refuse(entry.root.place, "not-supported", detail)
    return False


def _read(entry: Entry) -> SentResponse | None:
    root = entry.root
    root.take("author", "authored")
    _check_status(entry)
    _check_form(entry)
    whose = whose_of(entry)
    form = answers_in(root, [asked.WHO, *map(asked.group_link, asked.SORTED_IN)])
    who = form.group(asked.WHO, _ABOUT_WHO)
    informant, mode = _informant(who, entry), asked.MODES.read(who.chosen(asked.MODE, asked.MODES) or "")
    patient_name = who.text(asked.PATIENT_NAME, NAME_LENGTH)
    whole, places = _whole_list(form, root)
    tell_if_cut(root)
    if whose is None or entry.notes.refused:
        return None
    tell_leftovers(root)
    mode = CollectionMode(mode) if mode else None
    return SentResponse(whose, whole, informant, mode, patient_name, places)


def _whole_list(form: Answers, root: Element) -> tuple[WholeList, Mapping[str, str]]:
    """What the form lists and answers; and the places of what a posted list has."""
    groups = [
        (category, form.group(asked.group_link(category), _links(category), [asked.items_link(category)]))
        for category in asked.SORTED_IN
    ]
    places = {
        "/patient": root.at("subject"),
        "/informant": root.at("source"),
        "/collection_mode": root.at("item"),
    }
    answers = dict(_answers(groups, places))
    items = tuple(listed for category, group in groups for listed in read_listed(category, group))
    if len(items) > MOST_ITEMS:
        root.notes.refuse(root.at("item"), "too-long", f"More than {MOST_ITEMS} items.")
    return WholeList(items, answers), places


def _links(category: Category | None) -> list[str]:
    return (
        [asked.answer_link(category), asked.items_link(category)]
        if category
        else [asked.items_link(category)]
    )


def _answers(
    groups: Iterable[tuple[Category | None, Answers]], places: dict[str, str]
) -> Iterable[tuple[Category, Answer]]:
    for category, group in groups:
        if category is None:
            continue
        link = asked.answer_link(category)
        places[f"/categories/{category}/answer"] = group.place_of(link)
        answer = asked.ANSWERS.read(group.chosen(link, asked.ANSWERS) or "")
        if answer is not None:
            yield category, Answer(answer)


def _informant(who: Answers, entry: Entry) -> Informant | None:
    """Who answers: as the answers say, else the source of the response."""
    kind, name = (
        asked.INFORMANTS.read(who.chosen(asked.INFORMANT_KIND, asked.INFORMANTS) or ""),
        who.text(asked.INFORMANT_NAME, NAME_LENGTH),
    )
    source = entry.root.part("source")
    told = informant_in(source, entry) if source is not None else None
    if kind is not None:
        return Informant(InformantKind(kind), name)
    if name is not None and told is None:
        place = who.place_of(asked.INFORMANT_KIND)
        entry.notes.refuse(
            place, "required", "A name is given, and not whether it is the patient's or whose."
        )
    return Informant(told.kind, name or told.name) if told else None


def _check_status(entry: Entry) -> None:
    status = entry.root.code("status")
    place = entry.root.at("status")
    if status is None:
        entry.notes.refuse(place, "required", "A response says whether it is completed.")
    elif status not in _STATUSES:
        entry.notes.refuse(place, "value", "Not a status of a QuestionnaireResponse.")
    elif status not in _TAKEN:
        detail = f"A response that is {status} is not taken; send it completed or amended."
        entry.notes.refuse(place, "business-rule", detail)


def _check_form(entry: Entry) -> None:
    """Refuse the answers to another form; one that does not say which it answers is told by its questions."""
    form = entry.root.code("questionnaire")
    if form is not None and not asked.is_questionnaire(form):
        detail = f"These are answers to another form than Questionnaire/{asked.QUESTIONNAIRE_ID}."
        entry.notes.refuse(entry.root.at("questionnaire"), "not-supported", detail)

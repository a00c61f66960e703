"""The sheet as a FHIR document, held to what it rests on: its narrative, and every text of its elements.

A text about an item must be that item's.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

import orjson

from service.domain.checklists.checklist import ChecklistStatus
from service.domain.checklists.short_code import printed
from service.domain.checklists.sign_offs import SignOffStatus
from service.domain.medications.categories import Category
from service.domain.medications.items import Item
from service.domain.patients.patients import version_of
from service.domain.wording import Catalogue
from service.formats.fhir.named_systems import written_coding, written_identifier
from service.formats.fhir.writing.compositions import write_document
from service.formats.fhir.writing.document_references import write_document_reference
from service.formats.proof.fhir_words import TITLES, WORDS
from service.formats.proof.grounds import Grounds
from service.formats.proof.html_reading import html_stretches
from service.formats.proof.issued import Issued, Json, Kind, about_checklist, values_in
from service.formats.proof.matching import Match, Stretch, match
from service.formats.proof.passages import narrative_passages
from service.formats.proof.signing import signed_texts
from service.formats.proof.verdicts import Fault, Flaw, Known

_BASE = "http://localhost/fhir"
_STATUS = {
    ChecklistStatus.CURRENT: ("final", "current"),
    ChecklistStatus.SUPERSEDED: ("final", "superseded"),
    ChecklistStatus.WITHDRAWN: ("entered-in-error", "entered-in-error"),
}
_FOR_PROGRAMS = frozenset({"category", "status", "as_needed", "codings"})

Texts = list[tuple[str, str]]


def fhir_document(document: Json, state: Json, words: Catalogue) -> bytes:
    """The document Bundle and its DocumentReference."""
    bundle = write_document(document, state, words, _BASE)
    status = ChecklistStatus(state["status"])
    return orjson.dumps([bundle, write_document_reference(document, status, words, _BASE)])


def check_document(content: bytes, issued: Issued, known: tuple[Known, ...]) -> Match:
    """The narrative is made of known passages; each element's text is the record's or one of our words."""
    bundle, reference = orjson.loads(content)
    resources = [entry["resource"] for entry in bundle["entry"]]
    narrative = match(_narrative(resources[0]), narrative_passages(issued, known))
    check = _Elements(issued)
    faults = [*narrative.faults, *check.missing(resources, reference)]
    found = Counter(narrative.found)
    around = {name: part for name, part in bundle.items() if name != "entry"}
    urls = [(f"/entry/{n}/fullUrl", entry["fullUrl"]) for n, entry in enumerate(bundle["entry"])]
    for texts, allowed in (
        ([*_texts(around), *urls], check.about_sheet),
        (list(_texts(reference)), check.about_sheet),
        *((list(_texts(resource)), check.allowed_in(resource)) for resource in resources),
    ):
        found.update(allowed[text] for _, text in texts if text in allowed)
        faults += [Fault(Flaw.EXTRA, text, place) for place, text in texts if text not in allowed]
    return Match(found, tuple(faults))


def _narrative(composition: Json) -> Iterator[Stretch]:
    yield from html_stretches(composition["text"]["div"])
    for section in composition["section"]:
        yield Stretch((section["title"],))
        yield from html_stretches(section["text"]["div"])


def _texts(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a resource but the narrative and the titles over it."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if name != "div" and not ("text" in value and name == "title" and "code" in value):
                yield from _texts(inner, f"{place}/{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{place}/{number}")


class _Elements:
    """What may stand in the elements of one sheet's document, by its text, and what must."""

    def __init__(self, issued: Issued) -> None:
        self.issued = issued
        checklist, words = issued.checklist, issued.words
        about = values_in(about_checklist(checklist))
        code = printed(checklist.code)
        self.about_sheet = _kinds(about, Kind.RECORD) | _kinds(WORDS, Kind.WORDING)
        self.about_sheet[f"{words.text('sheet.title')} {code}"] = Kind.WORDING
        self.about_sheet |= _kinds(self._addresses(), Kind.RECORD)

    def allowed_in(self, resource: Json) -> Mapping[str, Kind]:
        """The texts that may stand in a resource, each with what it rests on."""
        kind, medications = resource["resourceType"], self.issued.medications
        if kind == "MedicationStatement":
            items = [item for item in medications.items if str(item.id) == resource["id"]]
            return _kinds(WORDS | TITLES, Kind.WORDING) | self._of_items(items)
        if kind == "Patient":
            patient = self.issued.checklist.patient
            written = (written_identifier(identifier) for identifier in patient.identifiers)
            systems = [text for identifier in written for text in identifier.values()]
            return self.about_sheet | _kinds([*systems, version_of(patient)], Kind.RECORD)
        grounds = Grounds(self.issued)
        answers = [grounds.answer_text(category) for category in Category]
        return self.about_sheet | _kinds([*answers, *self._signed()], Kind.WORDING)

    def missing(self, resources: list[Json], reference: Json) -> Iterator[Fault]:
        """What a document lacks: an item, a fact or a place of it, or what became of the sheet."""
        composition = resources[0]
        items = self.issued.medications.in_sheet_order
        statements = [one for one in resources if one["resourceType"] == "MedicationStatement"]
        by_id = Counter(one["id"] for one in statements)
        texts = {one["id"]: {text for _, text in _texts(one)} for one in statements}
        for item in items:
            place = f"/MedicationStatement/{item.id}"
            if by_id[str(item.id)] != 1:
                flaw = Flaw.REPEATED if by_id[str(item.id)] else Flaw.MISSING
                yield Fault(flaw, item.facts.called, place)
            lacking = set(_facts_of(item)) - texts.get(str(item.id), set())
            yield from (Fault(Flaw.MISSING, text, place) for text in sorted(lacking))
        entries = [entry["reference"] for part in composition["section"] for entry in part.get("entry", ())]
        if entries != [f"MedicationStatement/{item.id}" for item in items]:
            yield Fault(Flaw.MISSING, "an item in its section", "/section/entry")
        if (composition["status"], reference["status"]) != _STATUS[self.issued.state.status]:
            yield Fault(Flaw.MISSING, self.issued.state.status, "/status")

    def _of_items(self, items: Iterable[Item]) -> dict[str, Kind]:
        allowed = [f"Patient/{self.issued.checklist.patient.id}"]
        for item in items:
            allowed += values_in(item)
            allowed += [text for coding in item.facts.codings for text in written_coding(coding).values()]
        return _kinds(allowed, Kind.RECORD)

    def _addresses(self) -> Iterator[str]:
        """References and addresses of what the document is made of."""
        own_id, patient = self.issued.checklist.id, f"Patient/{self.issued.checklist.patient.id}"
        items = [f"MedicationStatement/{item.id}" for item in self.issued.medications.in_sheet_order]
        forms = [f"{form}/{own_id}" for form in ("Composition", "Bundle", "Binary")]
        yield from (patient, *items, *(f"{_BASE}/{address}" for address in (patient, *items, *forms)))

    def _signed(self) -> Iterator[str]:
        """The signatures that hold, each with the title of its section, and when they were given."""
        titles = self.issued.words.texts
        for one in self.issued.state_document["sign_offs"]:
            if one["status"] == SignOffStatus.HOLDS:
                said = signed_texts(self.issued, one["id"])
                yield from (s.at.isoformat() for s in self.issued.sign_offs if str(s.id) == one["id"])
                deferred = said["deferred_text"] if one["deferred_text"] else {""}
                for text in (" – ".join(filter(None, (t, d))) for t in said["text"] for d in deferred):
                    yield f"{titles['section.' + one['section']]}: {text}"


def _kinds(texts: Iterable[str], kind: Kind) -> dict[str, Kind]:
    return dict.fromkeys(texts, kind)


def _facts_of(item: Item) -> Iterator[str]:
    """The facts that stand in an item's resource as they were said."""
    for fact in fields(item.facts):
        value: Any = getattr(item.facts, fact.name)
        if value and fact.name not in _FOR_PROGRAMS:
            yield str(value)
    yield from (text for coding in item.facts.codings for text in written_coding(coding).values())

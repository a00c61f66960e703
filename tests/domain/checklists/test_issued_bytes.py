"""Issued sheets to the byte: what the paper's digest names must come out of the same list ever after.

The lists below go through every field, status, answer and way of telling. The words are the catalogue's keys,
so that a text may be mended and the bytes hold; a catalogue is English, Spanish, half translated, or right to
left with what fills a place isolated. Where a digest differs, a sheet issued before could not be made again.
"""

import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import product
from uuid import UUID

import pytest

from service.domain.attribution import Attribution, CollectionMode, Informant, InformantKind
from service.domain.checklists.checklist import Checklist, GuidanceReference, SheetTreatment
from service.domain.checklists.document import checklist_document
from service.domain.checklists.preparation import prepare
from service.domain.codings import Coding
from service.domain.guidance.statements import Guidance, Translation
from service.domain.medications.categories import PERSONS_ANSWERS, Answer, Category
from service.domain.medications.items import Item, ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier, Paper, Patient, PrintSize
from service.domain.text import PartialDate
from service.domain.wording import ENGLISH, Catalogue
from tests.domain.made_up import NOW, NURSE, PATIENT, SYSTEM, listing
from tests.guidance_of_tests import guidance_of_tests

_PLACES = re.compile(r"\{[a-z_]+\}")
_KEYS = {key: " ".join([f"t‹{key}›", *_PLACES.findall(text)]) for key, text in ENGLISH.items()}
_HALF = frozenset(key for key in _KEYS if len(key) % 2)
CATALOGUES = {
    "en": Catalogue("en", _KEYS),
    "es": Catalogue("es", _KEYS),
    "half translated": Catalogue("xx", _KEYS, _HALF),
    "isolating": Catalogue("ar", _KEYS, isolates=True),
}
PLAIN_TEXTS = ("5 mg", None, "½ tablet, \"after\" food \\ 'now'", "دواء", "💊 a\nb", "Ünal {name} </b>")
DATES = (None, PartialDate(2019), PartialDate(2019, 5), PartialDate(2019, 5, 7))
CODINGS: tuple[tuple[Coding, ...], ...] = (
    (),
    (Coding("urn:a", "1"),),
    (Coding("urn:a", "1", "Água"), Coding("urn:b", "2")),
)
INFORMANTS = (None, *(Informant(kind, name) for kind in InformantKind for name in (None, "A “friend” אבא")))
MODES = (None, *CollectionMode)
INSTANTS = (NOW, datetime(2031, 1, 2, 3, 4, 5, 678901, timezone(timedelta(hours=5, minutes=45))))
WHO = tuple(
    Attribution(informant, mode, recorder, at)
    for informant, mode, recorder, at in product(INFORMANTS, MODES, (NURSE, SYSTEM), INSTANTS)
)
REPORTED = Answer.ITEMS_REPORTED


def item(number: int) -> Item:
    """The item of a number: every field takes each of its values in a step of its own."""

    def text(step: int) -> str | None:
        return PLAIN_TEXTS[number * step % len(PLAIN_TEXTS)] if number % (step % 3 + 2) else None

    name = None if number % 9 == 8 else f"{PLAIN_TEXTS[0]} {number} ý"
    status = tuple(Status)[number // 2 % 6 if number % 2 else 0]
    facts = ItemFacts(
        name=name,
        description=text(1) if name else "white, round",
        category=(*Category, None)[number // 2 % 4],
        status=status,
        strength=text(5),
        form=text(7),
        dosage_text=text(11),
        route=text(13),
        frequency=text(17),
        as_needed=(None, True, False)[number % 3],
        reason=text(19),
        last_taken=text(23),
        started_on=DATES[number % 4],
        stopped_on=DATES[number // 3 % 4],
        prescriber=text(29),
        note=text(31),
        codings=CODINGS[number // 2 % 3],
    )
    return Item(
        UUID(int=2**100 + number),
        facts,
        WHO[number * 37 % len(WHO)],
        left_out_since=2 if number % 5 == 4 else None,
        error_reason="a slip" if status is Status.ENTERED_IN_ERROR else None,
    )


def lists() -> dict[str, MedicationList]:
    """Lists of many sizes; those without items have every answer in turn."""
    answers = [dict.fromkeys(Category, answer) for answer in (*sorted(PERSONS_ANSWERS), REPORTED)]
    return {
        "nothing": listing(),
        **{f"only answers {n}": listing(answers=said) for n, said in enumerate(answers)},
        **{f"item {number}": listing(item(number)) for number in range(12)},
        "60 items": replace(listing(*map(item, range(60)), version=3), reported_name="Ünal, “T.”"),
        "other 40 items": listing(*map(item, range(60, 100)), answers=answers[0]),
    }


def guidances() -> dict[str, Guidance]:
    reviewed = guidance_of_tests()
    first, second, *others = reviewed.statements
    spanish = replace(first, translations=(Translation("es", "Diga todo.", first.review),))
    by_two = replace(second, review=first.review and replace(first.review, by="Ünal", on=date(2026, 1, 2)))
    return {
        "reviewed": reviewed,
        "not reviewed": replace(reviewed, statements=(replace(first, review=None), second, *others)),
        "translated": replace(reviewed, statements=(spanish, by_two, *others)),
        "empty": replace(reviewed, statements=()),
    }


def patients() -> dict[str, Patient]:
    two = (Identifier("urn:a", "1"), Identifier("urn:b", "é2"))
    return {"known": PATIENT, "unknown": Patient(PATIENT.id, two, language="es", print_size=PrintSize.LARGE)}


def sheet(medications: MedicationList, patient: Patient, guidance: Guidance, words: Catalogue) -> bytes:
    """The sheet as text, in the form in which it is kept."""
    large = patient.print_size or PrintSize.STANDARD
    treatment, used = (
        guidance.treatment,
        GuidanceReference("a-leaflet", "The “leaflet”", "5a" * 32, guidance.version),
    )
    checklist = Checklist(
        id=UUID(int=7),
        code="7K2M9X4PD",
        patient=patient,
        treatments=(SheetTreatment(treatment.id, treatment.name, used),),
        planned_start=date(2026, 12, 1) if patient.name else None,
        list_version=medications.version,
        language=words.language,
        paper=Paper.A4 if patient.name else Paper.LETTER,
        print_size=large,
        time_zone="Europe/Berlin",
        issued_at=datetime(2026, 11, 30, 12, tzinfo=UTC),
        issued_by=NURSE,
        content=prepare(patient, medications, guidance, words),
    )
    document = checklist_document(checklist)
    # Written since there are sheets for several treatments; all else is as it was before.
    assert document.pop("treatments") == [{**document["treatment"], "guidance": document["guidance"]}]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def all_of(language: str) -> dict[str, bytes]:
    whole: dict[str, bytes] = {}
    for (list_name, medications), (patient_name, patient) in product(lists().items(), patients().items()):
        for guidance_name, guidance in guidances().items():
            name = f"{list_name}, {patient_name}, {guidance_name}"
            whole[name] = sheet(medications, patient, guidance, CATALOGUES[language])
    return whole


def digest_of(sheets: dict[str, bytes]) -> str:
    return hashlib.sha256(b"\n".join(sheets.values())).hexdigest()


ISSUED = {
    "en": "56e6bf95304299f395e8e6efc982701a58181f38f5c55020357a2e56e6cfaf7d",
    "es": "c5e6753cbad666ee80cbcf569de3403796245671bcb6c9c45f8c636eecc78051",
    "half translated": "109e7f654011cca54cbf58e76219dfaf90a48a74557487e3c7453de694d7e17c",
    "isolating": "4ec8bac19aba73ad7a26726ca21b5f44a6a1a2243780ca147c751b383851e4b2",
}


@pytest.mark.parametrize("language", ISSUED)
def test_a_sheet_comes_out_to_the_byte_as_it_always_did(language: str) -> None:
    assert digest_of(all_of(language)) == ISSUED[language]


def test_the_sheets_that_are_looked_at_say_all_that_a_sheet_can_say() -> None:
    """A word of the sheet that none of them had could change without anybody's notice."""
    kinds = ("said.", "gap.", "ask.", "answer.", "section.", "notice.", "item.", "mode.", "informant.")
    whole = b"".join([*all_of("en").values(), *all_of("es").values()]).decode()
    sayable = {key for key in ENGLISH if key.startswith((*kinds, "status_word."))}
    unsaid = {key for key in sayable if f"‹{key}›" not in whole}
    of_changes = {"item.name", "item.category", "status_word.active"}
    of_the_past = {"status_word.stopped", "status_word.entered_in_error"}
    assert unsaid == of_changes | of_the_past

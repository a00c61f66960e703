"""Cards for every state of a list, made without a database."""

from datetime import date
from uuid import UUID

from service.domain.cards.asked import SentPart, SentRecord, SentStatus
from service.domain.cards.cards import Card, ShownList, Whose
from service.domain.checklists.worklist import list_state
from service.domain.guidance.statements import Guidance
from service.domain.medications.medication_list import MedicationList
from service.domain.wording import ENGLISH_CATALOGUE, Catalogue
from service.formats.cds_hooks.card import Addresses
from tests.domain.made_up import PATIENT
from tests.guidance_of_tests import guidance_of_tests

LISTED_ON = date(2026, 9, 23)
CAME = {SentRecord.ORDERS: SentPart(SentStatus.WHOLE, 3), SentRecord.REPORTED: SentPart(SentStatus.NOT_SENT)}
ADDRESSES = Addresses(
    guidance="https://lists.example/guidance",
    find="https://lists.example/",
    add="https://lists.example/patients/new",
    intake_link="https://lists.example/patients/1/intake-links",
    sheet="https://lists.example/checklists/2",
)
UNKNOWN_HERE = Addresses(ADDRESSES.guidance, ADDRESSES.find, ADDRESSES.add, None, None)


def card_of(
    medications: MedicationList | None,
    *,
    whose: Whose = Whose.ON_FILE,
    guidance: Guidance | None = None,
    words: Catalogue = ENGLISH_CATALOGUE,
    sent: dict[SentRecord, SentPart] | None = None,
) -> Card:
    shown = ShownList(PATIENT.id, list_state(PATIENT, medications), LISTED_ON) if medications else None
    return Card(UUID(int=9), guidance or guidance_of_tests(), whose, shown, sent or CAME, words)

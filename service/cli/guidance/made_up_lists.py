"""Made-up patients and medication lists of every kind, left to a seeded chance."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from service.domain.attribution import (
    Attribution,
    CollectionMode,
    Informant,
    InformantKind,
    Recorder,
    RecorderKind,
)
from service.domain.codings import Coding
from service.domain.medications.categories import NOT_ASKED, PERSONS_ANSWERS, Answer, Category, CategoryAnswer
from service.domain.medications.items import Item, ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier, Patient
from service.domain.text import PartialDate, clean

MOST_ITEMS = 60
_PLAIN = ("Examplin", "the small white ones", "drops, at night", "5 mg + 10 mg / 2.5 mL (½)", "0", "null")
_HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>&amp;<!-- -->",
    '#read("/etc/passwd") #panic(1) *b* _i_ $x$ @r <l> `c`',
    "{{ 7*7 }}{% x %} ${7} %(name)s {0} {name} \\u{41}",
    '\'; DROP TABLE patients; -- "double" “curly” «angle»',
    "- f\\ g // h /* i */ ~ --- = e",
    "Dose: ask, recorded by nobody, 1 May 2026",
    "W" * 300,
    "follow-up-" * 12,
    "two  spaces\u00a0and\u2009thin",
    "ﬁligature office Straße İstanbul ıı",
    "e\u0301\u0323 नमस्ते สวัสดี ქართული Ωμέγα Йод",
    "דואב 5 mg + 10 mg (x)",
    "دواء ضغط الدم 5 ملغ",
    "می‌خواهم abc",
    "שלום " * 15,
    "خ" * 90,
)
_IN_NO_FONT = ("降压药片 — 漢方薬 — 혈압약", "💊🌿")
"""The service's own fonts have no such letters: there is no PDF of a list with one of these."""
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
_SYSTEMS = ("urn:clinic:mrn", "https://fhir.nhs.uk/Id/nhs-number", "urn:oid:2.16.840.1.113883.4.1")
_TEXTS = ("strength", "form", "dosage_text", "route", "frequency", "reason", "last_taken", "prescriber")
"""The facts of an item that are text and often left out."""


class Chance:
    """Everything on one list that is left to chance."""

    def __init__(self, seed: str, number: int) -> None:
        self.random = Random(seed)  # noqa: S311 -- the same lists every time are what it is for
        self.number = number
        self.in_no_font = number % 10 == 9  # noqa: PLR2004 -- one list in ten

    # Chances.

    def often(self) -> bool:
        """Two times in three, about."""
        return self.random.random() < 0.7  # noqa: PLR2004 -- often, not always

    def seldom(self) -> bool:
        """One time in seven, about."""
        return self.random.random() < 0.15  # noqa: PLR2004 -- seldom, not never

    def uuid(self) -> UUID:
        """An id."""
        return UUID(int=self.random.getrandbits(128), version=4)

    def text(self) -> str:
        """A plain text, a hostile one or, in a few lists, one that no font has; some have a number behind."""
        if self.in_no_font and self.seldom():
            return self.random.choice(_IN_NO_FONT)
        text = self.random.choice(_HOSTILE if self.seldom() else _PLAIN)
        return clean(f"{text} {self.random.randrange(100)}" if self.often() else text)

    def maybe(self) -> str | None:
        """A text, or nothing known."""
        return self.text() if self.often() else None

    def partial_date(self) -> PartialDate | None:
        """A year, a month or a day, or nothing known."""
        parts = (self.random.randint(1930, 2026), self.random.randint(1, 12), self.random.randint(1, 28))
        return PartialDate(*parts[: self.random.randint(1, 3)]) if self.often() else None

    # The record.

    def patient(self) -> Patient:
        """A patient; name and date of birth may be missing."""
        count = self.random.randint(1, len(_SYSTEMS))
        identifiers = tuple(Identifier(system, self.text()[:40].strip()) for system in _SYSTEMS[:count])
        return Patient(self.uuid(), identifiers, self.maybe(), self.partial_date())

    def recorder(self) -> Recorder:
        """A member of staff or a system."""
        return Recorder(self.random.choice(list(RecorderKind)), str(self.uuid()), self.text()[:80].strip())

    def attribution(self, *, complete: bool = False) -> Attribution:
        """Who said it and how; both are known where it is ``complete``."""
        informant = Informant(self.random.choice(list(InformantKind)), self.maybe())
        mode = self.random.choice(list(CollectionMode))
        return Attribution(
            informant if complete or self.often() else None,
            mode if complete or self.often() else None,
            self.recorder(),
            NOW - timedelta(days=self.random.randrange(400)),
        )

    def facts(self) -> ItemFacts:
        """An item's facts: all of them, a few, or a description alone."""
        name, description = self.maybe(), self.maybe()
        said = {} if self.seldom() else {text: self.maybe() for text in _TEXTS if self.often()}
        coding = Coding("urn:example:codes", str(self.random.randrange(10**6)), self.maybe())
        return ItemFacts(
            name=name,
            description=description if name else description or self.text(),
            category=self.random.choice((*Category, None)),
            status=self.random.choice([status for status in Status if status is not Status.ENTERED_IN_ERROR]),
            as_needed=self.random.choice((True, False, None)),
            started_on=self.partial_date(),
            stopped_on=self.partial_date() if self.seldom() else None,
            note=f"{self.text()}\n{self.text()}" if self.seldom() else None,
            codings=(coding,) * self.random.randrange(2),
            **said,
        )

    def item(self) -> Item:
        """An item: current, left out of the latest list, ended or entered in error."""
        item = Item(self.uuid(), self.facts(), self.attribution(), 1 if self.seldom() else None)
        return self.in_error(item) if self.seldom() else item

    def in_error(self, item: Item) -> Item:
        """The item, entered in error."""
        return replace(
            item, facts=replace(item.facts, status=Status.ENTERED_IN_ERROR), error_reason=self.text()
        )

    def medications(self) -> MedicationList:
        """A list of 0 to 60 items; many were said by the same person in the same breath."""
        count = self.random.choice((0, 1, 2, 3, 5, 8, 13, 25, MOST_ITEMS)) if self.number else 0
        items = tuple(self.item() for _ in range(count))
        if self.often():
            together = self.attribution()
            items = tuple(replace(item, attribution=together) for item in items)
        return self.list_of(self.uuid(), self.random.randint(1, 30), items)

    def list_of(self, patient_id: UUID, version: int, items: tuple[Item, ...]) -> MedicationList:
        """A list of these items with answers that do not contradict them."""
        present = {item.facts.category for item in items if item.current}
        answers = {
            category: CategoryAnswer(Answer.ITEMS_REPORTED, self.attribution())
            if category in present
            else self.answer()
            for category in Category
        }
        reported = self.text() if self.seldom() else None
        return MedicationList(patient_id, version, self.attribution(), items, answers, reported)

    def answer(self) -> CategoryAnswer:
        """An answer for a category without items."""
        answer = self.random.choice((Answer.NOT_ASKED, Answer.ITEMS_REPORTED, *sorted(PERSONS_ANSWERS)))
        return (
            NOT_ASKED
            if answer is Answer.NOT_ASKED
            else CategoryAnswer(answer, self.attribution(complete=True))
        )

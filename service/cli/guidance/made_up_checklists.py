"""Checklists of made-up patients for ``guidance coverage``: every kind of list, from a seeded generator."""

from dataclasses import replace
from datetime import date, timedelta

from service.cli.guidance.made_up_lists import NOW, Chance
from service.domain.checklists.checklist import Checklist, SheetTreatment, Withdrawal
from service.domain.checklists.guidance_today import GuidanceToday, guidance_today
from service.domain.checklists.preparation import prepare
from service.domain.checklists.short_code import make_code
from service.domain.checklists.state import ChecklistState
from service.domain.guidance.publications import PublicationAct
from service.domain.guidance.statements import Guidance
from service.domain.medications.difference import difference
from service.domain.medications.items import Item
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Paper, PrintSize
from service.domain.wording import Catalogue
from service.formats.catalogue_files import shipped_catalogues
from service.formats.proof import Issued


def made_up_checklist(guidance: Guidance, seed: int, number: int) -> Issued:
    """The checklist with this number; the same seed and number give the same one.

    Number 0 is of an empty list, so that there is always one that every output can show. The languages take
    turns.
    """
    catalogues = list(shipped_catalogues().values())
    return _Made(f"{seed}/{number}", number).issued(guidance, catalogues[number % len(catalogues)])


class _Made(Chance):
    """One checklist, and what has become of it."""

    def issued(self, guidance: Guidance, words: Catalogue) -> Issued:
        patient, medications = self.patient(), self.medications()
        state = self.state(medications, guidance)
        checklist = Checklist(
            id=self.uuid(),
            code=make_code(self.random.randrange),
            patient=patient,
            treatments=(SheetTreatment.of(guidance, guidance.version),),
            planned_start=date(2026, 12, 1) if self.often() else None,
            list_version=medications.version,
            language=words.language,
            paper=self.random.choice(list(Paper)),
            print_size=self.random.choice(list(PrintSize)),
            time_zone=self.random.choice(("Europe/Berlin", "America/New_York", "UTC")),
            issued_at=NOW,
            issued_by=self.recorder(),
            content=prepare(patient, medications, guidance, words),
        )
        return Issued(checklist, medications, (guidance,), state, words)

    def state(self, medications: MedicationList, guidance: Guidance) -> ChecklistState:
        version, latest = medications.version, medications.version
        changes = None
        if self.random.random() < 0.4:  # noqa: PLR2004 -- two in five
            latest += self.random.randint(1, 3)
            changes = difference(medications, self.changed(medications, latest))
        by = self.recorder()
        withdrawal = Withdrawal(by, NOW + timedelta(hours=5), self.text()) if self.seldom() else None
        return ChecklistState(version, latest, changes, withdrawal, guidance=(self.guidance_today(guidance),))

    def guidance_today(self, guidance: Guidance) -> GuidanceToday:
        acts = [PublicationAct.PUBLISH, PublicationAct.PUBLISH, PublicationAct.RETIRE]
        version = guidance.version if self.often() else self.uuid().hex
        at = NOW + timedelta(hours=3)
        return guidance_today(guidance.treatment.id, guidance.version, version, self.random.choice(acts), at)

    def changed(self, medications: MedicationList, version: int) -> MedicationList:
        if self.seldom():
            return replace(medications, version=version)
        items = [self.changed_item(item, version) for item in medications.items]
        items += [self.item() for _ in range(self.random.randrange(3))]
        return self.list_of(medications.patient_id, version, tuple(items))

    def changed_item(self, item: Item, version: int) -> Item:
        """The item as it was or, of those that still count, otherwise, left out or entered in error."""
        if self.often() or not item.current:
            return item
        if self.seldom():
            return self.in_error(item)
        return replace(item, left_out_since=version) if self.often() else replace(item, facts=self.facts())

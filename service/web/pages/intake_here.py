"""The intake form at hand, by link or at the desk: what its pages know of it, and how they are shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.domain.access.clinics import Clinic
from service.domain.attribution import CollectionMode
from service.domain.intake.draft import Draft, answer_of, still_of
from service.domain.intake.forms import IntakeForm
from service.domain.medications.categories import UNCATEGORIZED, Category
from service.domain.medications.items import Item
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.still_taking import StillTaking, asked_about
from service.domain.patients.patients import Patient
from service.web.current import house
from service.web.pages.rendering import render


@dataclass(frozen=True, slots=True)
class FormHere:
    """A form with the id in its address. ``patient`` and ``on_file`` are there only at the desk."""

    form: IntakeForm
    address_id: UUID
    patient: Patient | None = None
    on_file: MedicationList | None = None

    @property
    def draft(self) -> Draft:
        """What is typed so far."""
        return self.form.draft

    @property
    def at_desk(self) -> bool:
        """Whether it is filled in behind the clinic's own log-in."""
        return self.patient is not None

    @property
    def handed_over(self) -> bool:
        """Whether it is filled in on a device of the clinic that another person holds."""
        return bool(self.draft.get("collection_mode") == CollectionMode.HANDED_DEVICE.value)

    @property
    def categories(self) -> tuple[str, ...]:
        """The steps between who is answering and the end, one for each category."""
        unsorted = (UNCATEGORIZED,) if self.items_on_file(UNCATEGORIZED) else ()
        return (*(category.value for category in Category), *unsorted)

    def items_on_file(self, category: str) -> tuple[Item, ...]:
        """The items on file of a category to be asked about; behind a link there are none."""
        asked = asked_about(self.on_file) if self.on_file else ()
        return tuple(item for item in asked if (item.facts.category or UNCATEGORIZED) == category)

    def still_taken(self, category: str) -> tuple[Item, ...]:
        """Those of a category that were said to be taken still."""
        return tuple(
            item
            for item in self.items_on_file(category)
            if still_of(self.draft, str(item.id)).get("answer") in (StillTaking.YES, StillTaking.CHANGED)
        )

    def next_question(self, category: str | None = None) -> str | None:
        """The first category without an answer, of those after this one; of all where none is given.

        Who goes back to change one answer is not led through those that stand already.
        """
        later = self.categories[self.categories.index(category) + 1 :] if category else self.categories
        return next((one for one in later if not self._is_answered(one)), None)

    def _is_answered(self, category: str) -> bool:
        said = [still_of(self.draft, str(item.id)).get("answer") for item in self.items_on_file(category)]
        # An item that is taken still is an answer for its category.
        given = answer_of(self.draft, category) or set(said) - {StillTaking.NO}
        return all(said) and (category == UNCATEGORIZED or bool(given))

    def item_on_file(self, item_id: UUID) -> Item | None:
        """One item on file to be asked about."""
        asked = asked_about(self.on_file) if self.on_file else ()
        return next((item for item in asked if item.id == item_id), None)


def here() -> FormHere:
    """The form at hand; there is one in every step."""
    found: FormHere = g.form_here
    return found


def enter(form: FormHere, view: Callable[..., AnyResponse], **values: Any) -> AnyResponse:
    """Let a step work on its form: one that was sent leads to its receipt, one that is over says so."""
    g.form_here = form
    if not form.at_desk:
        g.page_language = form.draft.get("language")
    if form.form.sent_at is not None:
        return view(**values) if view.__name__ == "get_receipt" else lead("get_receipt")
    if not form.form.open_to(house().clock()):
        return show("intake_ended", 410)
    return view(**values)


def address(view: str, **values: Any) -> str:
    """The address of a step of the form at hand."""
    values["form_id" if here().at_desk else "link_id"] = here().address_id
    return url_for(f"{request.blueprint}.{view}", **values)


def address_after(form: FormHere, category: str | None = None) -> str:
    """Where a form goes on after a category, or from its start: the next question, or what was answered."""
    question = form.next_question(category)
    return address("get_category", category=question) if question else address("get_look")


def lead(view: str, **values: Any) -> AnyResponse:
    """Lead to a step of the form at hand."""
    return redirect(address(view, **values), 303)


def show(template: str, status: int = 200, /, **context: Any) -> Response:
    """A page of the form at hand. Behind a link nothing leads out of the form."""
    form = here()
    shown = {
        "form": form,
        "draft": form.draft,
        "address": address,
        "alone": not form.at_desk or form.handed_over,
        "who_key": lambda kind: f"form_who.{kind}",
        "mode_key": lambda mode: f"form_mode.{mode}",
        "answer_key": lambda answer: f"form_answer.{answer}",
        "still_key": lambda answer: f"form_still.{answer}",
        "offered": [] if form.at_desk else offered_languages(g.clinic),
        **({} if form.at_desk else {"languages": []}),
        **context,
    }
    return render(template, status, **shown)


def offered_languages(clinic: Clinic) -> list[str]:
    """The languages that the clinic's forms offer and that there are words for."""
    return [tag for tag in clinic.languages if tag in house().catalogues]


def best_language(clinic: Clinic, *asked: str | None) -> str:
    """The first language asked for that the clinic's forms offer, else the clinic's own."""
    offered = {tag.lower(): tag for tag in offered_languages(clinic)}
    for tag in filter(None, asked):
        parts = tag.lower().split("-")
        for length in range(len(parts), 0, -1):
            if found := offered.get("-".join(parts[:length])):
                return found
    return clinic.language

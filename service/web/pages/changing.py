"""A change of a patient's list by a form: made from the version that was shown, once, and never unseen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions import list_history
from service.actions.medications import ListAndGaps
from service.actions.work import Work
from service.domain.attribution import CollectionMode, InformantKind
from service.domain.checklists.state import changes_document
from service.domain.errors import ConflictError, Fault, RefusedError, StaleVersionError
from service.domain.medications.medication_list import MedicationList
from service.web.current import run
from service.web.faults import faults_of
from service.web.pages.once import run_form_once
from service.web.pages.rendering import page_words, say
from service.web.pages.typed import Typed

MADE_FROM = "-made_from"
"""The field that says which version a form was made from, as ``If-Match`` does for a program."""
_MOST_DIGITS = 9
_CHOSEN = {"/informant": "/informant/kind", "/collection_mode": "/collection_mode"}
"""Where the faults of an attribution stand on a form."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a form is shown again: its status and, where the list has moved on, what changed meanwhile."""

    status: int
    stale: bool = False
    changes: dict[str, Any] | None = None


Again = Callable[[Typed, Refusal], AnyResponse]


def made_from(medications: MedicationList, **values: str) -> Typed:
    """A form that is made from a version of a list."""
    return Typed({MADE_FROM: str(medications.version), **values})


def change_list(
    patient_id: UUID,
    typed: Typed,
    act: Callable[[Work, int], ListAndGaps],
    again: Again,
    said: str,
    following: Callable[[ListAndGaps], str | None] = lambda _: None,
) -> AnyResponse:
    """Run a form's change of the list and lead to the patient; the same form twice makes one version.

    ``act`` is given the version that the form was made from. Where that is not the latest, the form is shown
    again with what was typed and what changed, and can be sent again on purpose. ``said`` is what was done.
    ``following`` leads elsewhere where the list as it is now calls for that.
    """
    version = sent_version(typed)

    def act_and_lead(work: Work) -> str:
        return following(act(work, version)) or url_for("pages_patients.get_patient", patient_id=patient_id)

    try:
        led = run_form_once(act_and_lead)
    except StaleVersionError as error:
        newest = Typed({**typed.values, MADE_FROM: str(error.latest)})
        return again(newest, Refusal(412, stale=True, changes=_changes(patient_id, version, error)))
    except (RefusedError, ConflictError) as error:
        faults = at_fields(faults_of(error))
        if not faults:
            raise
        return again(typed.with_faults(faults), Refusal(422 if isinstance(error, RefusedError) else 409))
    say(said)
    return led


def sent_version(typed: Typed) -> int:
    """The version that a form was made from; 0, which is stale for everybody, where it names none."""
    text = typed.value(MADE_FROM)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0


def at_fields(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Who said it and how is chosen in fields of their own."""
    return tuple(
        Fault(_CHOSEN[fault.pointer], "choice" if fault.code == "required" else fault.code, fault.detail)
        if fault.pointer in _CHOSEN
        else fault
        for fault in faults
    )


def who_said() -> dict[str, Any]:
    """What a form needs to ask who said it and how. By import is a program's way, not a person's."""
    words = page_words()
    return {
        "informants": [(kind.value, _capital(words.text(f"informant.{kind}"))) for kind in InformantKind],
        "modes": [
            (mode.value, _capital(words.text(f"mode.{mode}")))
            for mode in CollectionMode
            if mode is not CollectionMode.IMPORT
        ],
    }


def _changes(patient_id: UUID, version: int, error: StaleVersionError) -> dict[str, Any] | None:
    latest = int(error.latest)
    if not 0 < version < latest:
        return None
    found = run(lambda work: list_history.compare_versions(work, patient_id, version, latest))
    return changes_document(found, page_words())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

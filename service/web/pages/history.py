"""The history of a patient's list: its versions in time, any of them whole, and two of them compared."""

from collections import Counter
from uuid import UUID

from flask import Response, request

from service.actions import list_history
from service.actions import medications as actions
from service.actions import patients as patient_actions
from service.domain.access.permissions import Permission
from service.domain.checklists.record_texts import item_numbers
from service.domain.checklists.state import changes_document
from service.domain.errors import Fault, NotFoundError, RefusedError
from service.domain.medications.difference import ItemChangeKind, VersionChange
from service.web.current import run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.charts import Chart, render_of_patient
from service.web.pages.rendering import page_words
from service.web.pages.typed import Typed, load
from service.web.queries import DifferenceQuery

pages = Pages("history", __name__, url_prefix="/patients/<uuid:patient_id>")
_VERSIONS = 20
_MOST_DIGITS = 9


@pages.get("/history")
@page_needs(Permission.READ_LISTS)
def get_history(patient_id: UUID) -> Response:
    """The newest versions, or with ``before`` those that came before one."""
    text = request.args.get("before", "")
    before = int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None
    patient, found = run(
        lambda work: (
            patient_actions.get_patient(work, patient_id),
            list_history.read_history(work, patient_id, before, _VERSIONS),
        )
    )
    words = page_words()
    return render_of_patient(
        "patient_history",
        200,
        patient,
        versions=[(one, changes_document(one.changes, words), _short(one)) for one in found.items],
        older=found.items[-1].version if found.more else None,
        typed=Typed(),
    )


@pages.get(f"/versions/<int(max={10**_MOST_DIGITS}):version>")
@page_needs(Permission.READ_LISTS)
def get_version(patient_id: UUID, version: int) -> Response:
    """One version of the list, whole, as it was."""
    patient, (found, gaps), latest = run(
        lambda work: (
            patient_actions.get_patient(work, patient_id),
            actions.get_list(work, patient_id, version),
            actions.known_list(work, patient_id).version,
        )
    )
    return render_of_patient(
        "patient_version",
        200,
        patient,
        chart=Chart(patient, found, gaps),
        medications=found,
        latest=latest,
        numbers=item_numbers(found),
        answer_key=lambda answer: f"answer.{answer}",
    )


@pages.get("/difference")
@page_needs(Permission.READ_LISTS)
def get_difference(patient_id: UUID) -> Response:
    """What one version says otherwise than an earlier one."""
    patient = run(lambda work: patient_actions.get_patient(work, patient_id))
    asked, typed = load(DifferenceQuery, Typed(request.args.to_dict()))
    found = None
    if asked is not None:
        versions = asked["from_version"], asked["to_version"]
        try:
            found = run(lambda work: list_history.compare_versions(work, patient_id, *versions))
        except (RefusedError, NotFoundError):
            typed = typed.with_faults([Fault("/from", "range", "")])
    typed = typed.with_faults(Fault(fault.pointer, "range", "") for fault in typed.faults)
    return render_of_patient(
        "patient_difference",
        200 if found else 422,
        patient,
        typed=typed,
        changes=changes_document(found, page_words()) if found else None,
    )


def _short(version: VersionChange) -> list[tuple[str, int]]:
    """How many items changed in which way, and how many answers; the words by their key."""
    counts = Counter(change.kind for change in version.changes.items)
    short = [(f"change.{kind}", counts[kind]) for kind in ItemChangeKind if counts[kind]]
    answers = len(version.changes.answers)
    return [*short, ("history_page.answers", answers)] if answers else short

"""One patient's pages: the list, what is still to ask, and what can be done about it."""

from tests.browser import made_up_patients as patients
from tests.browser.states.shown import Shown, Steps, open_page


def _of(name: str, rest: str = "") -> Steps:
    return lambda page, clinic: open_page(page, clinic, clinic.patient(name) + rest)


STATES = (
    Shown("patient with gaps", "pages_patients.get_patient", "nurse", _of(patients.GAPS)),
    Shown("patient whose list changed", "pages_patients.get_patient", "nurse", _of(patients.CHANGED)),
    Shown("patient who was never asked", "pages_patients.get_patient", "nurse", _of(patients.NOTHING)),
    Shown("patient with many items", "pages_patients.get_patient", "nurse", _of(patients.MANY)),
    Shown("patient, right to left", "pages_patients.get_patient", "nurse", _of(patients.RIGHT_TO_LEFT)),
)

LEAD_ELSEWHERE: set[str] = set()

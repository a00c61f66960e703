"""Every page in every state, part by part; and the views that make no page of their own."""

from tests.browser.states import administration, checklists, guidance, intake, patients, worklist
from tests.browser.states.shown import Shown

_PARTS = (administration, guidance, worklist, patients, checklists, intake)
STATES: tuple[Shown, ...] = tuple(shown for part in _PARTS for shown in part.STATES)
LEAD_ELSEWHERE = frozenset(endpoint for part in _PARTS for endpoint in part.LEAD_ELSEWHERE)

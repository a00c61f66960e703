"""The worklist: a day and its patients."""

from tests.browser.made_up_patients import DAY
from tests.browser.states.shown import Shown, at

STATES = (
    Shown("worklist", "pages_worklist.get_worklist", "nurse", at(f"/?date={DAY}"), asks=False),
    Shown("worklist, nobody", "pages_worklist.get_worklist", "nurse", at("/?date=2026-12-24"), asks=False),
    Shown(
        "worklist, no such day", "pages_worklist.get_worklist", "nurse", at("/?date=soon"), 422, at_fault=True
    ),
)

LEAD_ELSEWHERE: set[str] = set()

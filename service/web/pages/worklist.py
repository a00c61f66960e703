"""The worklist: a day, its patients, and what is still to ask first; and the search for a patient."""

from datetime import date, timedelta

from flask import Response, request

from service.actions import worklist as actions
from service.actions.patient_search import MOST_FOUND, search_patients
from service.actions.worklist import Worklist
from service.domain.access.permissions import Permission
from service.domain.checklists.record_texts import to_ask
from service.domain.checklists.short_code import printed
from service.domain.wording import Catalogue
from service.web.current import run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.list_states import KEYS
from service.web.pages.rendering import page_words, render, today
from service.web.pages.typed import Typed, load, typed_now
from service.web.queries import WorklistQuery
from service.web.schemas.patients import SearchSchema

pages = Pages("worklist", __name__)
_A_DAY = timedelta(days=1)


@pages.get("/")
@page_needs(Permission.READ_WORKLIST)
def get_worklist() -> Response:
    """The day that is asked for; tomorrow where none is, for the clinic that is to be prepared."""
    typed = Typed({"date": request.args.get("date", "").strip()})
    if not typed.value("date"):
        typed = Typed({"date": (today() + _A_DAY).isoformat()})
    asked, typed = load(WorklistQuery, typed)
    if asked is None:
        return render("worklist", 422, typed=typed, sought=Typed(), worklist=None)
    return _shown(run(lambda work: actions.get_worklist(work, asked["date"])), typed)


@pages.post("/search")
@page_needs(Permission.READ_PATIENTS)
def post_search() -> Response:
    """Who was found, and how their lists stand; posted, so that no name stands in an address."""
    sent, typed = load(SearchSchema, typed_now())
    if sent is None:
        return render("patient_search", 422, typed=typed, found=None)
    found, words = run(lambda work: search_patients(work, sent["sought"])), page_words()
    return render(
        "patient_search",
        typed=typed,
        found=found,
        most=MOST_FOUND,
        to_ask=lambda state: to_ask(state.gaps, words),
        **KEYS,
    )


def _shown(found: Worklist, typed: Typed) -> Response:
    words, now = page_words(), today()
    return render(
        "worklist",
        typed=typed,
        sought=Typed(),
        worklist=found,
        in_words=lambda day: _in_words(day, words),
        relative=_relative(found.day, now),
        days=_days(found.day, now),
        printed=printed,
        to_ask=lambda state: to_ask(state.gaps, words),
        **KEYS,
        with_gaps=sum(1 for row in found.rows if row.medications.gaps),
    )


def _in_words(day: date, words: Catalogue) -> str:
    weekday = words.text(f"weekday.{day.isoweekday()}")
    return words.text("weekday.date", weekday=weekday, date=words.date(day))


def _relative(day: date, now: date) -> str | None:
    """The key of what a day is called, seen from today."""
    return {now: "worklist.today", now + _A_DAY: "worklist.tomorrow"}.get(day)


def _days(day: date, now: date) -> list[tuple[str, date]]:
    """The keys and the days of the way to other days; there is none before the first or after the last."""
    offered = [("worklist.today", now), ("worklist.tomorrow", now + _A_DAY)]
    if day > date.min:
        offered.insert(0, ("worklist.day_before", day - _A_DAY))
    if day < date.max:
        offered.append(("worklist.day_after", day + _A_DAY))
    return offered

"""The head of every page: whose sheet it is, which one, and what has become of it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from service.domain.checklists.guidance_today import GuidanceTold, guidance_to_tell, is_retired, worst_of
from service.domain.text import PartialDate
from service.domain.wording import Catalogue
from service.formats.marked_english import without_marks
from service.formats.printout.isolated_text import (
    IsolatedText,
    fixed,
    marked_label,
    marked_text,
    placed,
    recorded,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands behind it; ``system`` is the numbering that an identifier belongs to."""

    label: str
    value: IsolatedText
    system: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What every page says of the patient and of the sheet, and what the first page adds."""

    title: str
    name: str
    person: tuple[Fact, ...]
    sheet: tuple[Fact, ...]
    code: Fact
    code_picture: str
    treatment: tuple[Fact, ...]
    page: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Banner:
    """Why a sheet must not be used as it is: on every page, in words."""

    title: str
    texts: tuple[IsolatedText, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A fact that differs: what it is called, what was said of it before and what is said now."""

    label: str
    before: IsolatedText
    after: IsolatedText


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the sheet and the latest list."""

    label: str
    text: IsolatedText
    before: IsolatedText | None
    facts: tuple[ChangedFact, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the sheet was issued; ``answers`` are whole sentences."""

    title: str
    items: tuple[Change, ...]
    answers: tuple[str, ...]


def head_of(document: Mapping[str, Any], words: Catalogue) -> Head:
    """The head of a checklist document."""
    patient = document["patient"]
    name, born, start = patient["name"], patient["birth_date"], document["planned_start"]
    born = words.date(PartialDate.parse(born)) if born else words.text("sheet.birth_date_missing")
    start = words.date(date.fromisoformat(start)) if start else words.text("sheet.planned_start_missing")
    return Head(
        title=words.text("sheet.title"),
        name=name or words.text("sheet.name_missing"),
        person=(
            Fact(words.text("sheet.birth_date"), fixed(born)),
            *(
                Fact(words.text("sheet.identifier"), recorded(identifier["value"]), identifier["system"])
                for identifier in patient["identifiers"]
            ),
        ),
        sheet=(
            Fact(words.text("sheet.list_version"), fixed(str(document["list_version"]))),
            Fact(words.text("sheet.issued"), fixed(local_time(document["issued_at"], document, words))),
        ),
        code=Fact(words.text("sheet.code"), recorded(document["code"])),
        code_picture=without_marks(words.text("sheet.code_picture", code=document["code"])),
        treatment=(
            Fact(words.text("sheet.treatment"), recorded(document["treatment"]["name"])),
            Fact(words.text("sheet.planned_start"), fixed(start)),
            Fact(words.text("sheet.issued_by"), recorded(document["issued_by"]["name"])),
        ),
        page=around_numbers(words.text("sheet.page", page="\0", pages="\0")),
    )


def around_numbers(page_of_pages: str) -> tuple[str, str, str]:
    """What stands before, between and behind the two numbers of "page n of m" (each written as NUL)."""
    before, between, after = without_marks(page_of_pages).split("\0")
    return before, between, after


def local_time(instant: str, document: Mapping[str, Any], words: Catalogue) -> str:
    """An instant in the clinic's time zone; where the machine does not know the zone, as it was recorded.

    The zone's name stands behind the time either way.
    """
    at = datetime.fromisoformat(instant)
    with suppress(ZoneInfoNotFoundError, ValueError):
        at = at.astimezone(ZoneInfo(document["time_zone"]))
    return words.instant(at)


def banner_of(document: Mapping[str, Any], state: Mapping[str, Any], words: Catalogue) -> Banner | None:
    """The warning across every page of a sheet that is not to be used as it is; None for any other."""
    if state["withdrawn"] is not None:
        return _withdrawn(document, state["withdrawn"], words)
    told = guidance_to_tell(document, state)
    of_guidance = tuple(_guidance_text(one, document, words) for one in told)
    if state["status"] == "current":
        return Banner(words.text(f"guidance_status.{worst_of(told)}"), of_guidance, ()) if told else None
    key = "status.superseded_retired" if is_retired(state) else "status.superseded_more"
    text = words.text(key, version=document["list_version"], latest=state["latest_version"])
    return Banner(words.text("status.superseded"), (fixed(text), *of_guidance), ())


def _withdrawn(document: Mapping[str, Any], withdrawn: Mapping[str, Any], words: Catalogue) -> Banner:
    text = words.text("status.withdrawn_more", date=local_time(withdrawn["at"], document, words))
    facts = (
        Fact(words.text("sheet.withdrawn_by"), recorded(withdrawn["by"]["name"])),
        Fact(words.text("sheet.withdrawn_reason"), recorded(withdrawn["reason"])),
    )
    return Banner(words.text("status.withdrawn"), (fixed(text),), facts)


def _guidance_text(told: GuidanceTold, document: Mapping[str, Any], words: Catalogue) -> IsolatedText:
    places = {"name": told.name, "date": local_time(told.since, document, words)}
    return placed(words.texts[f"guidance_status_more.{told.status}"], places)


def changes_of(state: Mapping[str, Any], words: Catalogue) -> Changes | None:
    """What the latest list says otherwise; None while the sheet's list is the latest."""
    changes = state["changes"]
    if changes is None:
        return None
    answers = [marked_text(answer) for answer in changes["answers"]]
    if not answers and not changes["items"]:
        answers = [words.text("change.none")]
    return Changes(
        words.text("change.title"),
        tuple(_change(change, words) for change in changes["items"]),
        tuple(answers),
    )


def _change(change: Mapping[str, Any], words: Catalogue) -> Change:
    before, nothing = change["before_text"], fixed(words.text("change.nothing"))
    return Change(
        label=marked_label(change),
        text=recorded(change["text"]),
        before=recorded(before) if before not in (None, change["text"]) else None,
        facts=tuple(
            ChangedFact(
                marked_label(fact),
                recorded(fact["before"]) if fact["before"] else nothing,
                recorded(fact["after"]) if fact["after"] else nothing,
            )
            for fact in change["fields"]
            # What it goes by is said above.
            if (fact["before"], fact["after"]) != (before, change["text"])
        ),
    )

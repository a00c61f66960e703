"""Makes a page from a template: gives it the words, the person, the menu and what was just done."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import jinja2
from babel import Locale, UnknownLocaleError
from flask import Response, flash, g, get_flashed_messages, request, url_for
from flask_wtf.csrf import generate_csrf

from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Actor, ActorKind, Permission
from service.domain.text import PartialDate
from service.domain.wording import ENGLISH, Catalogue, catalogue_for
from service.formats.english_marks import marked_html
from service.web.current import house
from service.web.pages import cookies
from service.web.pages.once import form_key
from service.web.pages.typed import HELD, held

_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

_MENU: tuple[tuple[str, Permission, str], ...] = (
    ("worklist.title", Permission.READ_WORKLIST, "pages_worklist.get_worklist"),
    ("code_page.title", Permission.READ_CHECKLISTS, "pages_codes.get_code"),
    ("administration.title", Permission.MANAGE_CLINIC, "pages_administration.get_settings"),
)
"""What stands in the menu for those who hold the permission: its words, and the view that it leads to."""


def render(template: str, status: int = 200, /, **context: Any) -> Response:
    """A page as a response. ``template`` is its name without ``.html.jinja``.

    Beside ``context`` a template has ``t(key, **places)`` for the words, ``words`` for dates, ``local``
    for instants, ``actor`` and ``clinic`` (None where nobody is logged in), ``said`` (what was just done),
    ``csrf_token``, ``url_for``, ``here`` (the path at hand) and ``is_demo``.
    """
    shown = {**_words_given(), **_request_given(), "alone": False, **context}
    html = _ENVIRONMENT.get_template(f"{template}.html.jinja").render(shown)
    response = Response(marked_html(html), status, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def _words_given() -> dict[str, Any]:
    """What a template says things with."""
    words = page_words()
    return {
        "t": words.text,
        "words": words,
        "local": lambda at: local_time(at, words),
        "partial": lambda day: words.date(PartialDate.parse(day)),
        "direction": words.direction,
        "languages": sorted(house().catalogues),
        "native": _native_name,
        "fault_key": _fault_key,
    }


def _request_given() -> dict[str, Any]:
    """Who is here, what was just done, and where forms and links of the page go."""
    return {
        "actor": _actor(),
        "clinic": _clinic(),
        "said": get_flashed_messages(),
        "csrf_token": generate_csrf,
        "form_key": form_key,
        "held_as": HELD,
        "url_for": url_for,
        "here": request.path,
        "switch_to": request.full_path.rstrip("?") if request.method == "GET" else request.path,
        "switch_with": held(),
        "menu": _MENU,
        "is_demo": house().settings.mode == "demo",
    }


def say(key: str) -> None:
    """Have the next page say what was done, by its key in the catalogue; never anything of a patient."""
    flash(key)


def page_words() -> Catalogue:
    """The words in the page's own language, else the one chosen in this browser, else what it asks for.

    Where there are words in none of these, in the clinic's. What fills their places keeps its own direction.
    ``render`` turns the marks around what is English for want of a translation into the page's own.
    """
    asked = (tag for tag, _ in request.accept_languages)
    chosen, clinic = cookies.read(cookies.LANGUAGE), _clinic()
    own = clinic.language if clinic else None
    found = catalogue_for(house().catalogues, g.get("page_language"), chosen, *asked, own)
    return replace(found.marked(), isolates=True)


def local_time(at: datetime | str, words: Catalogue) -> str:
    """An instant in words, in the clinic's time zone where the machine knows it."""
    instant = datetime.fromisoformat(at) if isinstance(at, str) else at
    clinic = _clinic()
    with suppress(ZoneInfoNotFoundError, ValueError):
        instant = instant.astimezone(ZoneInfo(clinic.time_zone if clinic else "UTC"))
    return words.instant(instant)


def today() -> date:
    """The day that it is at the clinic at hand."""
    clinic, now = _clinic(), house().clock()
    with suppress(ZoneInfoNotFoundError, ValueError):
        now = now.astimezone(ZoneInfo(clinic.time_zone if clinic else "UTC"))
    return now.date()


def _fault_key(code: str) -> str:
    """The key of the words for a fault; some faults a person cannot make with a form."""
    key = f"fault.{code}"
    return key if key in ENGLISH else "fault.other"


def _native_name(tag: str) -> str:
    """What a language calls itself."""
    with suppress(UnknownLocaleError, ValueError):
        return (Locale.parse(tag, sep="-").get_display_name() or tag).capitalize()
    return tag


def _actor() -> Actor | None:
    """Who is logged in; whoever fills in a form behind a link or on a device handed over is not."""
    actor: Actor | None = g.get("actor")
    elsewhere = actor is None or actor.kind is ActorKind.LINK or g.get("nobody_logged_in")
    return None if elsewhere else actor


def _clinic() -> Clinic | None:
    return g.get("clinic")  # type: ignore[no-any-return]

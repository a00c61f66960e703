"""``record.html``: what a patient reads of their data, on any computer and on paper."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from uuid import UUID

import pytest
from playwright.sync_api import Browser as Chromium

from service.domain.wording import Catalogue
from service.formats.catalogue_files import shipped_catalogues
from service.store.database import Database
from tests.web.conftest import ClinicOfTests
from tests.web.lists import asked
from tests.web.whole_patients import exported, record_in, whole_patient

HOSTILE = (
    "<script>document.title='taken'</script>",
    '"><img src=x onerror=alert(1)>',
    "</bdi></li></ul></main><iframe src='javascript:alert(1)'>",
    "<!-- {{ 7*7 }} {% raw %} &lt;b&gt;",
    "\u05d0\u05d1 5 mg + 10 mg",
)
_EMPTY = {"meta", "br"}


class Page(HTMLParser):
    """The tags of a page with their attributes, and its texts: those in ``<bdi>`` and the others."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.own: list[str] = []
        self.other: list[str] = []
        self.items: dict[str | None, list[str]] = {}
        self._open: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _EMPTY:
            self._open.append((tag, dict(attrs).get("id")))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        inside = [tag for tag, _ in self._open]
        if "style" in inside or not data.strip():
            return
        if "bdi" not in inside:
            self.other.append(" ".join(data.split()))
            return
        self.own.append(data)
        if "h4" in inside:
            section = next((id_ for tag, id_ in self._open if tag == "section"), None)
            self.items.setdefault(section, []).append(data)


def page_of(parts: dict[str, bytes]) -> Page:
    return Page(parts["record.html"].decode())


def in_language(clinic: ClinicOfTests, database: Database, language: str) -> UUID:
    patient_id = whole_patient(clinic, database, "Amber", "000123")
    changed = clinic.nurse.patch(f"/v1/patients/{patient_id}", {"language": language})
    assert changed.status_code == 200, changed.get_json()
    return patient_id


def test_every_item_of_the_list_stands_under_it_once_and_no_other_does(
    clinic: ClinicOfTests, database: Database
) -> None:
    patient_id = whole_patient(clinic, database, "Amber", "000123")
    listed = clinic.nurse.get(f"/v1/patients/{patient_id}/medication-list").get_json()
    parts = exported(clinic.administrator, patient_id)

    current = [item["name"] or item["description"] for item in listed["items"] if item["current"]]
    found = page_of(parts).items
    assert sorted(found["list"]) == sorted(current)
    assert sorted(found["no-longer"]) == ["Amber one", "Amber three"]
    latest = record_in(parts)["list_versions"][-1]["items"]
    assert Counter(item["name"] or item["description"] for item in latest) == Counter(
        [*found["list"], *found["no-longer"]]
    )


def test_two_items_of_one_name_stand_there_twice(clinic: ClinicOfTests) -> None:
    receipt = clinic.intake.post("/v1/intake", asked("Water", "Water", *HOSTILE)).get_json()

    found = page_of(exported(clinic.administrator, UUID(receipt["patient_id"]))).items
    assert Counter(found["list"]) == Counter(["Water", "Water", *HOSTILE])


def test_a_hostile_name_is_text_and_nothing_else(
    clinic: ClinicOfTests, browser: Chromium, tmp_path: Path
) -> None:
    person = {"identifier": {"system": "urn:clinic:mrn", "value": HOSTILE[1]}, "name": HOSTILE[0]}
    receipt = clinic.intake.post("/v1/intake", asked(*HOSTILE, patient=person)).get_json()
    parts = exported(clinic.administrator, UUID(receipt["patient_id"]))

    page = page_of(parts)
    assert {tag for tag, _ in page.tags} & {"script", "img", "iframe", "link", "form", "object"} == set()
    assert not any(name.startswith("on") or name == "style" for _, found in page.tags for name in found)
    addresses = {found["href"] for _, found in page.tags if "href" in found}
    assert all(address and re.fullmatch(r"#[a-z]+|sheets/[0-9A-Z-]+\.pdf", address) for address in addresses)
    # And in a browser: nothing is asked for but the page, no script runs, and each name can be read.
    file = tmp_path / "record.html"
    file.write_bytes(parts["record.html"])
    shown, asked_for = browser.new_page(), []
    shown.on("request", lambda request: asked_for.append(request.url))
    shown.on("dialog", lambda dialog: pytest.fail(dialog.message))
    shown.goto(file.as_uri())
    names = shown.locator("#list h4").all_inner_texts()
    title = shown.title()
    shown.close()
    assert asked_for == [file.as_uri()]
    assert names == list(HOSTILE)
    assert title == "What is on record of you"


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_text_is_the_services_wording_or_the_records(
    clinic: ClinicOfTests, database: Database, language: str
) -> None:
    parts = exported(clinic.administrator, in_language(clinic, database, language))
    words = shipped_catalogues()[language]
    page, wordings = page_of(parts), _patterns(words)

    assert (page.tags[0][0], page.tags[0][1]["lang"]) == ("html", language)
    unknown = [text for text in page.other if not _is_made_of(text, wordings) and not _is_code(text, parts)]
    assert unknown == []
    values = set(_texts(record_in(parts)))
    strange = [
        text
        for text in page.own
        if text not in values
        and not _is_made_of(text, wordings)
        and not _is_made_of(_without(text, values), wordings)
    ]
    assert strange == []
    # The control: what nobody wrote is found.
    assert not _is_made_of("Take it with water.", wordings)


def _patterns(words: Catalogue) -> re.Pattern[str]:
    """Any text of the catalogue, its places filled; or a part of one that the record's words stand in."""
    pieces = set()
    for text in words.texts.values():
        literals = [(literal, place) for literal, place, _, _ in Formatter().parse(text)]
        pieces.add("".join(re.escape(literal) + (".+?" if place else "") for literal, place in literals))
        pieces |= {re.escape(literal.strip()) for literal, _ in literals if literal.strip()}
    # A text that is nothing but places would be any text.
    whole = {piece for piece in pieces if re.search(r"[^\W\d_]{2}", piece.replace(".+?", ""))}
    dates = r"\d{1,2} (?:de )?\w+ (?:de )?\d{4}(?:, \d\d:\d\d \(\w+\))?|\w+ (?:de )?\d{4}"
    one = f"(?:{'|'.join(sorted(whole, key=len, reverse=True))}|{dates})"
    return re.compile(rf"(?:{one}|[\s:,.()→])+")


def _without(text: str, values: set[str]) -> str:
    """A text that is put together, without what was said in it; a code may stand in any word."""
    within = [value for value in values if "Amber" in value and value in text]
    for value in sorted(within, key=len, reverse=True):
        text = text.replace(value, " ")
    return text


def _is_made_of(text: str, wordings: re.Pattern[str]) -> bool:
    return wordings.fullmatch(text) is not None


def _is_code(text: str, parts: dict[str, bytes]) -> bool:
    return any(name in (text, f"sheets/{text}.pdf") for name in parts)


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []

"""Nothing is invented: every text of the page is the document's, the state's or the catalogue's."""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from service.domain.medications.categories import Answer
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.printout import PAGE_FACES, STYLESHEET, sheet_html
from tests.formats.printout.reading import HtmlTexts
from tests.formats.printout.samples import (
    CURRENT,
    Json,
    document,
    item,
    many_items,
    medication_list,
    superseded,
    withdrawn,
)

MARKS = re.compile(r"[\s\d:,()/–]*")


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
    elif isinstance(value, str):
        yield value


def known_texts(sheet: Json, state: Json) -> set[str]:
    words = ENGLISH_CATALOGUE
    issued = words.instant(
        datetime.fromisoformat(sheet["issued_at"]).astimezone(ZoneInfo(sheet["time_zone"]))
    )
    made = {
        issued,
        "2 April 1961",
        "1 December 2026",
        f"{words.text('sheet.title')} {sheet['code']}",
        words.text("sheet.code_picture", code=sheet["code"]),
        words.text("status.superseded_more", version=1, latest=2),
        words.text("status.withdrawn_more", date="23 November 2026, 09:00 (CET)"),
    }
    made |= {words.text("sheet.sentence", paragraph=p, sentence=s) for p in range(1, 5) for s in range(1, 5)}
    return made | set(words.texts.values()) | set(texts_in(sheet)) | set(texts_in(state))


LATER = medication_list((*many_items(8)[1:], item(9, name="New one")), version=2)


@pytest.mark.parametrize(
    "state", [CURRENT, superseded(medication_list(many_items(8)), LATER), withdrawn()], ids=["c", "s", "w"]
)
@pytest.mark.parametrize("count", [0, 8])
def test_every_text_of_the_page_is_known(count: int, state: Json) -> None:
    sheet = document(medication_list(many_items(count), supplement=Answer.UNKNOWN))
    known = known_texts(sheet, state)
    lines = [text for text in known if " " in text]
    page = HtmlTexts(sheet_html(sheet, state, ENGLISH_CATALOGUE, stylesheet_url="/static/sheet.css"))
    for node in (*page.nodes, *page.spoken):
        text = node.strip()
        assert text in known or MARKS.fullmatch(text) or any(text in line for line in lines), text


def test_the_page_has_one_first_heading_and_skips_no_level() -> None:
    page = HtmlTexts(
        html := sheet_html(document(medication_list()), CURRENT, ENGLISH_CATALOGUE, stylesheet_url="/s")
    )
    assert [tag for tag in page.tags if re.fullmatch(r"h\d", tag)] == ["h1"] + ["h2"] * 9
    assert html.startswith("<!DOCTYPE html>")
    assert page.values("lang") == ["en"]


def test_the_page_obeys_a_strict_content_security_policy() -> None:
    page = HtmlTexts(
        sheet_html(document(medication_list(many_items(9))), CURRENT, ENGLISH_CATALOGUE, stylesheet_url="/s")
    )
    assert {"script", "style"}.isdisjoint(page.tags)
    assert not [name for name, _ in page.attributes if name == "style" or name.startswith("on")]
    assert page.values("href") == ["/s"]
    assert page.values("src") == []
    fetched = re.findall(r"url\((.*?)\)", STYLESHEET.read_text())
    assert fetched == [f'"fonts/{face}.ttf"' for face in PAGE_FACES]
    assert "@import" not in STYLESHEET.read_text()


def test_every_id_stands_once_and_every_reference_leads_to_one() -> None:
    page = HtmlTexts(
        sheet_html(document(medication_list(many_items(9))), CURRENT, ENGLISH_CATALOGUE, stylesheet_url="/s")
    )
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert set(page.values("aria-labelledby")) <= set(ids)


def test_a_statement_in_another_language_says_which() -> None:
    sheet = document(medication_list())
    statement = next(line for s in sheet["sections"] for line in s["lines"] if line["kind"] == "guidance")
    statement |= {"language": "es", "text": "Texto de ejemplo"}
    assert '<span lang="es" dir="ltr">Texto de ejemplo</span>' in sheet_html(
        sheet, CURRENT, ENGLISH_CATALOGUE, stylesheet_url="/s"
    )

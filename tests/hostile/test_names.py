"""The names of one list come out of every output as data, letter for letter, and change nothing else."""

import json
import re
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from structlog.testing import capture_logs

from tests.access.calls import Call
from tests.access.clinics import FilledClinic
from tests.access.policy import Kind
from tests.formats.printout.reading import letters, pdf_pages, run_on
from tests.hostile.names import NAMES, REFUSED
from tests.web.lists import asked

XHTML = "{http://www.w3.org/1999/xhtml}"
ALLOWED = {*("div", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "b", "i", "em")}
ALLOWED |= {*("span", "br", "bdi", "h1", "h2", "h3", "caption", "dl", "dt", "dd", "strong", "sup")}
IN_A_LINE = re.compile("[\u0590-\u08ff]")
PLAIN = [f"Examplin {number:03d}" for number in range(len(NAMES))]


class Page(HTMLParser):
    """A page as a browser takes it: its elements, its texts, and those that stand apart from their line."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.apart: set[str] = set()
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(sorted(name for name, _ in attrs))))
        if tag not in ("meta", "link", "input", "br", "img", "hr"):
            self._open.append((tag, tag == "bdi" or dict(attrs).get("dir") == "auto"))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        self.texts.append(text)
        if any(apart for _, apart in self._open):
            self.apart.add(text)


def filled(clinic: FilledClinic, names: list[str]) -> dict[str, Any]:
    """A patient who takes all of these, and is called like one of them, with a checklist."""
    sent = asked(*names, mrn=clinic.number())
    sent["patient"]["name"] = names[4]
    answer = clinic.known.ehr.post("/v1/intake", sent)
    assert answer.status_code == 201, answer.data
    receipt: dict[str, Any] = answer.get_json()
    return receipt


@pytest.fixture(scope="module")
def hostile(ours: FilledClinic) -> dict[str, Any]:
    return filled(ours, NAMES)


@pytest.fixture(scope="module")
def plain(ours: FilledClinic, hostile: dict[str, Any]) -> dict[str, Any]:
    return filled(ours, PLAIN)


def page(clinic: FilledClinic, operation: str, receipt: dict[str, Any]) -> Page:
    sheet = receipt["checklist"]["id"]
    places = {"patient_id": receipt["patient_id"], "checklist_id": sheet, "version": "1"}
    answer = clinic.ask(operation, Kind.NURSE, Call(places))
    assert answer.status_code == 200, answer.data[:200]
    return Page(answer.get_data(as_text=True))


on_one_database = pytest.mark.parametrize("kept_database", ["sqlite"], indirect=True)
PAGES = (
    "GET /patients/{patient_id}",
    "GET /patients/{patient_id}/versions/{version}",
    "GET /checklists/{checklist_id}",
    "GET /checklists/{checklist_id}/sheet",
    "GET /v1/checklists/{checklist_id}.html",
)


@on_one_database
@pytest.mark.parametrize("operation", PAGES)
def test_a_page_shows_each_name_as_text_and_has_the_elements_of_any_other(
    ours: FilledClinic, hostile: dict[str, Any], plain: dict[str, Any], operation: str
) -> None:
    with_names, with_plain = page(ours, operation, hostile), page(ours, operation, plain)
    assert with_names.tags == with_plain.tags
    said = "\n".join(with_names.texts)
    for name in NAMES:
        assert " ".join(name.split()) in said, name


@on_one_database
@pytest.mark.parametrize("operation", PAGES)
def test_a_name_from_right_to_left_stands_apart_from_its_line(
    ours: FilledClinic, hostile: dict[str, Any], operation: str
) -> None:
    shown = page(ours, operation, hostile)
    turned = [" ".join(name.split()) for name in NAMES if IN_A_LINE.search(name)]
    assert len(turned) >= 5
    for name in turned:
        assert any(name in text for text in shown.apart), name


@on_one_database
def test_the_pdf_has_each_name_as_text(ours: FilledClinic) -> None:
    # For these the service has the fonts itself; a name that no font has is a 409 that says so.
    names = [name for name in NAMES if re.fullmatch("[\x20-\x7e]+", name) and len(name) > 4]
    names += [
        name for name in NAMES if re.fullmatch("[\x20-\x7e\u0590-\u06ff]+", name) and IN_A_LINE.search(name)
    ]
    call = Call({"checklist_id": filled(ours, names)["checklist"]["id"]})
    answer = ours.ask("GET /v1/checklists/{checklist_id}.pdf", Kind.NURSE, call)
    assert answer.status_code == 200, answer.data
    text = run_on("".join(pdf_pages(answer.data)))
    found = letters(text)
    for name in names:
        assert IN_A_LINE.search(name) or run_on(name) in text, name
        assert not letters(name) - found, name


def test_json_gives_each_name_back_letter_for_letter(ours: FilledClinic, hostile: dict[str, Any]) -> None:
    listed = ours.known.ehr.get(f"/v1/patients/{hostile['patient_id']}/medication-list").get_json()
    assert [item["name"] for item in listed["items"]] == NAMES


@on_one_database
def test_fhir_has_each_name_as_text_in_its_fields_and_in_its_narratives(
    ours: FilledClinic, hostile: dict[str, Any]
) -> None:
    whose = f"patient={hostile['patient_id']}&_count=1000"
    found = ours.known.ehr.get(f"/fhir/MedicationStatement?{whose}").get_json()
    resources = [entry["resource"] for entry in found["entry"]]
    assert [one["medicationCodeableConcept"]["text"] for one in resources] == NAMES
    for one, name in zip(resources, NAMES, strict=True):
        if "text" in one:
            assert " ".join(name.split()) in narrative(one["text"]["div"])
    document = ours.known.ehr.get(f"/fhir/Composition/{hostile['checklist']['id']}").get_json()
    said = " ".join(narrative(section["text"]["div"]) for section in document["section"])
    for name in NAMES:
        assert " ".join(name.split()) in said, name


def narrative(div: str) -> str:
    """What a narrative says; it has only the elements that it is allowed to have."""
    root = ET.fromstring(div)  # noqa: S314 -- our own
    assert {element.tag.removeprefix(XHTML) for element in root.iter()} <= ALLOWED
    return " ".join(" ".join(root.itertext()).split())


@on_one_database
def test_no_log_line_and_no_error_has_a_name(ours: FilledClinic) -> None:
    with capture_logs() as lines:
        for name in NAMES:
            number = {"system": "urn:clinic:mrn", "value": name[:200]}
            wrong = {"identifier": number, "name": name, "birth_date": name}
            answer = ours.known.ehr.post("/v1/patients", wrong)
            assert answer.status_code == 422
            if len(name) > 6:
                assert json.dumps(name)[1:-1] not in answer.get_data(as_text=True), name
    assert lines == []


@pytest.mark.parametrize("name", REFUSED, ids=range(len(REFUSED)))
def test_a_name_that_would_mislead_is_refused_at_every_door_that_a_name_comes_in_by(
    ours: FilledClinic, name: str
) -> None:
    code, text = REFUSED[name], json.dumps(name)
    item = json.loads(f'{{"name": {text}}}')
    for body, pointer in (
        ({"items": [item]}, "/items/0/name"),
        ({"patient": {"name": item["name"]}}, "/patient/name"),
        ({"informant": {"kind": "patient", "name": item["name"]}}, "/informant/name"),
        ({"items": [{"name": "x", "prescriber": item["name"]}]}, "/items/0/prescriber"),
    ):
        refused = ours.known.ehr.post("/v1/intake", body)
        told = {fault["pointer"]: fault["code"] for fault in refused.get_json()["errors"]}
        assert told[pointer] == code

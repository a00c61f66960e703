"""The checklist of a patient's first list as JSON, by hand."""

from dataclasses import dataclass
from typing import Any

import orjson

from benchmarks.floor.gaps import gap_lines, gaps_of
from benchmarks.floor.guidance import FixedParts
from benchmarks.floor.ids import printed
from benchmarks.floor.lines import WORDS, Json, date_in_words, digest, section, signed_wording, wording
from benchmarks.floor.shape import CATEGORIES, CURRENT

_DETAILS = (
    *("description", "strength", "form", "dosage_text", "route", "frequency", "as_needed", "reason"),
    *("last_taken", "started_on", "stopped_on", "prescriber", "status", "codings", "note"),
)
_ASKED_WITHOUT_ITEMS = ("not_asked", "unknown", "items_reported")


@dataclass(frozen=True, slots=True)
class Issue:
    """What a sheet is issued with; ``intake`` is what ``shape`` read, its items with their ids."""

    checklist_id: str
    code: str
    patient_id: str
    intake: Json
    recorder: Json
    at: str
    paper: str
    print_size: str
    time_zone: str


def checklist_document(issue: Issue, parts: FixedParts) -> tuple[bytes, str, list[Json]]:
    """The document as it is kept, its digest, and the gaps."""
    intake = issue.intake
    words = _Words(issue)
    in_order = _in_sheet_order(intake["items"])
    numbers = {item["id"]: number for number, item in enumerate(in_order, start=1)}
    gaps = gaps_of(intake)
    lines = gap_lines(gaps, numbers)
    sections = [section("gaps", lines, [signed_wording(line) for line in lines])]
    for category in (*CATEGORIES, "uncategorized"):
        items = [item for item in in_order if item["category"] == category]
        if items or category != "uncategorized":
            sections.append(_category(category, intake["answers"].get(category), items, numbers, words))
    digests = {one["id"]: one["content_digest"] for one in sections} | parts.last_digests
    content_digest = digest(digests)
    patient = intake["patient"]
    document = {
        "id": issue.checklist_id,
        "code": printed(issue.code),
        "patient": {
            "id": issue.patient_id,
            "identifiers": [patient["identifier"]],
            **{name: patient[name] for name in ("name", "birth_date", "language", "print_size")},
        },
        "treatment": parts.treatment,
        "treatments": parts.treatments,
        "planned_start": intake["treatment"]["planned_start"],
        "list_version": 1,
        "guidance": parts.reference,
        "language": "en",
        "paper": issue.paper,
        "print_size": issue.print_size,
        "time_zone": issue.time_zone,
        "issued_at": issue.at,
        "issued_by": issue.recorder,
        "notices": parts.notices,
        "gaps": gaps,
        "sections": [*sections, *parts.last_sections],
        "content_digest": content_digest,
    }
    return orjson.dumps(document), content_digest, gaps


class _Words:
    """Who said it, in the same words for every line of a sheet."""

    def __init__(self, issue: Issue) -> None:
        intake = issue.intake
        informant, mode = intake["informant"], intake["collection_mode"]
        self.attribution = orjson.Fragment(
            orjson.dumps(
                {
                    "informant": informant,
                    "collection_mode": mode,
                    "recorder": issue.recorder,
                    "recorded_at": issue.at,
                }
            )
        )
        self.key = "said.no_informant"
        if informant:
            self.key = "said.full" if mode else "said.no_mode"
        self.text = WORDS[self.key].format(
            recorder=issue.recorder["name"],
            date=date_in_words(issue.at[:10]),
            informant=informant and _informant(informant),
            mode=mode and WORDS[f"mode.{mode}"],
        )

    def attributed(self, line_id: str) -> Json:
        """The last fields of a line of the record."""
        return {"attribution": self.attribution, "said": wording(f"{line_id}-said", self.key, self.text)}


def _informant(informant: Json) -> str:
    text = WORDS[f"informant.{informant['kind']}"]
    if informant["name"]:
        text = WORDS["informant.named"].format(informant=text, name=informant["name"])
    return text


def _in_sheet_order(items: list[Json]) -> list[Json]:
    current = [item for item in items if item["status"] in CURRENT]
    return [
        item
        for category in (*CATEGORIES, "uncategorized")
        for item in current
        if item["category"] == category
    ]


def _category(
    category: str, answer: str | None, items: list[Json], numbers: dict[str, int], words: _Words
) -> Json:
    lines: list[Json] = []
    signed: list[Any] = []
    if answer is not None and not items:
        lines, signed = _answered(category, answer, words)
    for item in items:
        facts = {name: item[name] for name in item if name != "id"}
        lines.append(_item(item, facts, numbers[item["id"]], words))
        signed.append(["item", item["id"], facts, False])
    return section(category, lines, signed)


def _answered(category: str, answer: str, words: _Words) -> tuple[list[Json], list[Any]]:
    """The lines of a category without items."""
    line_id = f"answer-{category}"
    if answer == "not_asked":
        lines = [wording(line_id, "answer.not_asked", WORDS["answer.not_asked"])]
        signed: list[Any] = [signed_wording(lines[0])]
    else:
        text = WORDS[f"answer.{answer}" + ("_none_listed" if answer == "items_reported" else "")]
        lines = [
            {
                "kind": "record",
                "id": line_id,
                "text": text,
                "category": category,
                "answer": answer,
                **words.attributed(line_id),
            }
        ]
        signed = [["answer", category, answer]]
    if answer in _ASKED_WITHOUT_ITEMS:
        key = f"ask.{category}"
        lines.append(wording(f"ask-{category}", key, WORDS[key]))
        signed.append(signed_wording(lines[-1]))
    return lines, signed


def _item(item: Json, facts: Json, number: int, words: _Words) -> Json:
    line_id = f"item-{item['id']}"
    return {
        "kind": "record",
        "id": line_id,
        "text": item["name"] or item["description"],
        "number": number,
        "item": {"id": item["id"], **facts},
        "on_earlier_list": False,
        "details": _details(item),
        "asks": [wording(f"{line_id}-{key.replace('.', '-')}", key, WORDS[key]) for key in _asks(item)],
        **words.attributed(line_id),
    }


def _asks(item: Json) -> list[str]:
    asks = [] if item["name"] else ["ask.name"]
    if not (item["strength"] or item["dosage_text"]):
        asks.append("ask.dose")
    if item["category"] == "uncategorized":
        asks.append("ask.category")
    if item["status"] == "unknown":
        asks.append("ask.status")
    return asks


def _details(item: Json) -> list[Json]:
    details = []
    for key in _DETAILS:
        value = item[key]
        if value is None or value == [] or (key == "description" and not item["name"]):
            continue
        if key == "status":
            if value == "active":
                continue
            value = WORDS[f"status_word.{value}"]
        elif key == "as_needed":
            value = WORDS["word.yes" if value else "word.no"]
        elif key in ("started_on", "stopped_on"):
            value = date_in_words(value)
        elif key == "codings":
            value = ", ".join(f"{coding['code']} ({coding['system']})" for coding in value)
        details.append({"key": key, "label": WORDS[f"item.{key}"], "value": value})
    return details

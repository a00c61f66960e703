"""What each text of an output may rest on: the guidance, the record, or the catalogue with its places filled.

What may fill a place is written down here once more, by hand, so that the service cannot widen it unnoticed.
"""

import re
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any

from service.domain.guidance.statements import Guidance
from service.domain.medications.items import Item, Status, facts_document
from service.domain.medications.medication_list import MedicationList
from service.domain.text import PartialDate
from service.domain.wording import ENGLISH, ENGLISH_CATALOGUE

Json = Mapping[str, Any]

_HEAD = {
    *("id", "code", "patient", "treatment", "treatments", "planned_start", "list_version", "guidance"),
    *(
        "language",
        "paper",
        "print_size",
        "time_zone",
        "issued_at",
        "issued_by",
        "notices",
        "gaps",
        "sections",
    ),
    "content_digest",
}
_WORDING = {"kind", "id", "key", "text", "items"}
_GUIDANCE = {"kind", "id", "text", "language", "statement", "statement_section", "citations"}
_SAID = {"kind", "id", "text", "attribution", "said"}
_ITEM = _SAID | {"number", "item", "on_earlier_list", "details", "asks"}
_ANSWER = _SAID | {"category", "answer"}


def any_of(texts: Iterable[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(texts, key=len, reverse=True))) + ")"


def family(prefix: str) -> list[str]:
    return [text for key, text in ENGLISH.items() if key.startswith(prefix)]


class Wordings:
    """Which texts the catalogue can say about one list, the record's words and numbers filling its places."""

    def __init__(self, medications: MedicationList, guidance: Guidance) -> None:
        said = [medications.attribution, *(item.attribution for item in medications.items)]
        said += [answer.attribution for answer in medications.answers.values() if answer.attribution]
        people = [by.informant.name for by in said if by.informant and by.informant.name]
        month = any_of(family("month."))
        numbers = r"\d{1,3}(?:, \d{1,3})*"
        informant = any_of(set(family("informant.")) - {ENGLISH["informant.named"]})
        self._places = {
            "informant": informant + (rf"(?: \({any_of(people)}\))?" if people else ""),
            "recorder": any_of(by.recorder.name for by in said),
            "reviewer": any_of(s.review.by for s in guidance.statements if s.review) or "(?!)",
            "name": any_of([medications.reported_name or "\0"]),
            "mode": any_of(family("mode.")),
            "category": any_of(family("section.")),
            "items": rf"(?:item \d{{1,3}}|items {numbers})",
            "numbers": numbers,
            "before": any_of(family("answer_word.")),
            "after": any_of(family("answer_word.")),
            "date": rf"(?:\d{{1,2}} )?(?:{month} )?\d{{4}}(?:, \d\d:\d\d \(UTC\))?",
            **dict.fromkeys(("version", "latest", "paragraph", "sentence", "page", "pages"), r"\d{1,3}"),
            "code": "[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}",
        }

    def can_say(self, key: str, text: str) -> bool:
        """Whether ``text`` is the catalogue's text of ``key`` with nothing but what belongs in its places."""
        return key in ENGLISH and re.fullmatch(self._pattern(key), text) is not None

    def _pattern(self, key: str) -> str:
        parts = Formatter().parse(ENGLISH[key])
        return "".join(
            re.escape(text) + (f"(?:{self._places[place]})" if place else "") for text, place, _, _ in parts
        )


def inventions(document: Json, medications: MedicationList, guidance: Guidance) -> list[object]:
    """Every part of a sheet's document that is neither guidance nor record nor wording; hopefully none."""
    words = Wordings(medications, guidance)
    found: list[object] = [key for key in document if key not in _HEAD]
    for section in document["sections"]:
        if section.keys() != {"id", "title", "lines", "blank_rows", "content_digest"}:
            found.append(section)
        if not words.can_say(f"section.{section['id']}", section["title"]):
            found.append(section["title"])
        found += [line for line in section["lines"] if not _rests(line, words, medications, guidance)]
    return found + [line for line in document["notices"] if not _is_wording(line, words)]


def _rests(line: Json, words: Wordings, medications: MedicationList, guidance: Guidance) -> bool:
    if line["kind"] == "wording":
        return _is_wording(line, words)
    if line["kind"] == "guidance":
        return _is_guidance(line, guidance)
    if line["kind"] != "record" or not _is_wording(line["said"], words):
        return False
    if "item" in line:
        return _is_item(line, words, medications)
    said = medications.answers[line["category"]].answer
    keys = (f"answer.{said}", f"answer.{said}_none_listed")
    return line.keys() == _ANSWER and line["answer"] == said and line["text"] in map(ENGLISH.get, keys)


def _is_wording(line: Json, words: Wordings) -> bool:
    return line.keys() == _WORDING and line["kind"] == "wording" and words.can_say(line["key"], line["text"])


def _is_guidance(line: Json, guidance: Guidance) -> bool:
    statement = next((one for one in guidance.statements if one.id == line["statement"]), None)
    cited = [(c["document"], f"{c['paragraph']}.{c['sentence']}") for c in line["citations"]]
    return (
        line.keys() == _GUIDANCE
        and statement is not None
        and bool(cited)
        and cited == [(guidance.document.id, str(number)) for number in statement.cites]
        and line["text"] in {statement.text, *(t.text for t in statement.translations if t.review)}
    )


def _is_item(line: Json, words: Wordings, medications: MedicationList) -> bool:
    item = next((one for one in medications.items if str(one.id) == line["item"]["id"]), None)
    return (
        line.keys() == _ITEM
        and item is not None
        and line["item"] == {"id": str(item.id), **facts_document(item.facts)}
        and line["text"] == item.facts.called
        and all(_is_detail(detail, item) for detail in line["details"])
        and all(_is_wording(ask, words) for ask in line["asks"])
    )


def _is_detail(detail: Json, item: Item) -> bool:
    return (
        detail.keys() == {"key", "label", "value"}
        and detail["label"] == ENGLISH[f"item.{detail['key']}"]
        and detail["value"] == _as_said(getattr(item.facts, detail["key"]))
    )


def _as_said(value: Any) -> str:
    """One fact as a person reads it: text as it was said, and the rest in the catalogue's words."""
    if isinstance(value, bool):
        return ENGLISH["word.yes" if value else "word.no"]
    if isinstance(value, Status):
        return ENGLISH[f"status_word.{value}"]
    if isinstance(value, PartialDate):
        return ENGLISH_CATALOGUE.date(value)
    if isinstance(value, tuple):
        called = [f"{coding.display}: " if coding.display else "" for coding in value]
        codes = [f"{coding.code} ({coding.system})" for coding in value]
        return ", ".join(map("".join, zip(called, codes, strict=True)))
    return str(value)

"""How a sheet joins the texts of a document: each passage that may stand on a page or in a PDF.

The words come from the document's proven lines, the record and the catalogue. What is joined with which mark
stands here and nowhere else; a text that this module does not make is a fault of the output.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from service.domain.checklists.sign_offs import SIGNED_SECTIONS
from service.domain.text import PartialDate
from service.formats.coverage.matching import Passage
from service.formats.coverage.proof import Known
from service.formats.coverage.sources import Issued, Kind

_FURNITURE = ("sheet.", "sign.", "status.", "guidance_status.", "change.")
_STILL_TAKING = "ask.still_taking"


@dataclass(frozen=True, slots=True)
class Layout:
    """What one output writes otherwise: marks that the other leaves to its look, and what it sets apart.

    ``pages`` is how many pages were read; None where the browser counts them.
    """

    bullet: str = ""
    system: str = " {}"
    values_apart: bool = True
    pages: int | None = None


def passages_of(issued: Issued, known: Iterable[Known], layout: Layout) -> tuple[Passage, ...]:
    """Every passage that may stand on the sheet. A text of the document that was not proven is in none."""
    writer = _Writer(issued, {entry.text for entry in known}, layout)
    return tuple(
        passage
        for passages in (
            *(writer.furniture, writer.head, writer.state),
            *(writer.signing, writer.sections, writer.sources),
        )
        for passage in passages()
    )


def told_of_guidance(document: Mapping[str, Any], state: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """What an open sheet tells of guidance that is no longer in use; any other tells nothing of it."""
    signed = {one["section"] for one in state["sign_offs"] if one["status"] == "holds"}
    to_sign = {section["id"] for section in document["sections"]} & set(SIGNED_SECTIONS)
    if state["withdrawn"] or not to_sign - signed:
        return ()
    return tuple(one for one in state["guidance_today"] if one["status"] != "in_use")


def narrative_passages(issued: Issued, known: Iterable[Known]) -> tuple[Passage, ...]:
    """Every passage that may stand in the narrative of the sheet as a FHIR document."""
    writer = _Writer(issued, {entry.text for entry in known}, Layout("", " ({})", values_apart=False))
    nameless = Passage(Kind.WORDING, issued.words.text("sheet.name_missing"), "/patient/name", 0, 1)
    parts = (writer.head, writer.sections, writer.sources)
    return (nameless, *(passage for passages in parts for passage in passages()))


class _Writer:
    """One sheet's passages, part by part."""

    def __init__(self, issued: Issued, proven: set[str], layout: Layout) -> None:
        self.used = issued.guidance
        self.words = issued.words
        self.proven = proven
        self.layout = layout
        self.document = issued.document
        self.changes_and_status = issued.state_document
        self.cited = self._cited()

    def furniture(self) -> Iterator[Passage]:
        """Labels, titles of columns and other fixed words, as often as the sheet needs them."""
        for key, text in self.words.texts.items():
            if key == _STILL_TAKING or (key.startswith(_FURNITURE) and "{" not in text):
                yield Passage(Kind.WORDING, text, key)
        if self.layout.pages is None:
            around = self.words.text("sheet.page", page="\0", pages="\0").split("\0")
            yield from (Passage(Kind.WORDING, text, "sheet.page") for text in around)
        for page in range(1, (self.layout.pages or 0) + 1):
            text = self.words.text("sheet.page", page=page, pages=self.layout.pages)
            yield Passage(Kind.WORDING, text, "sheet.page", 1, 1)

    def head(self) -> Iterator[Passage]:
        """Whose sheet it is, as often as there are pages."""
        patient, words = self.document["patient"], self.words
        if patient["name"]:
            yield Passage(Kind.RECORD, patient["name"], "/patient/name", 1)
        born = PartialDate.parse(patient["birth_date"]) if patient["birth_date"] else None
        yield from self._day("sheet.birth_date", born)
        for entry in patient["identifiers"]:
            yield from self._fact("sheet.identifier", entry["value"], system=entry["system"])
        yield Passage(Kind.RECORD, f"{words.text('sheet.title')} {self.document['code']}", "/code")
        yield Passage(Kind.WORDING, words.text("sheet.code_picture", code=self.document["code"]), "/code")
        yield from self._which()

    def _which(self) -> Iterator[Passage]:
        """Which sheet it is, and what for."""
        document = self.document
        yield from self._fact("sheet.list_version", str(document["list_version"]))
        yield from self._fact("sheet.issued", self._instant(document["issued_at"]))
        yield from self._fact("sheet.code", document["code"])
        yield from self._fact("sheet.treatment", document["treatment"]["name"])
        start = date.fromisoformat(document["planned_start"]) if document["planned_start"] else None
        yield from self._day("sheet.planned_start", start)
        yield from self._fact("sheet.issued_by", document["issued_by"]["name"])

    def _day(self, key: str, day: PartialDate | date | None) -> Iterator[Passage]:
        if day is None:
            return self._fact(key, self.words.text(f"{key}_missing"), Kind.WORDING)
        return self._fact(key, self.words.date(day))

    def _fact(self, key: str, value: str, kind: Kind = Kind.RECORD, system: str = "") -> Iterator[Passage]:
        behind = value + (self.layout.system.format(system) if system else "")
        yield Passage(kind, f"{self.words.text(key)} {behind}", key, 0 if self.layout.values_apart else 1)
        if self.layout.values_apart:
            yield Passage(kind, behind, key, 1)
            yield Passage(kind, f"{self.words.text(key)} {value}", key)

    def _instant(self, instant: str) -> str:
        at = datetime.fromisoformat(instant)
        with suppress(ZoneInfoNotFoundError, ValueError):
            at = at.astimezone(ZoneInfo(self.document["time_zone"]))
        return self.words.instant(at)

    def state(self) -> Iterator[Passage]:
        """What has become of the sheet, and what changed since."""
        state, words = self.changes_and_status, self.words
        if withdrawn := state["withdrawn"]:
            day = self._instant(withdrawn["at"])
            yield Passage(Kind.WORDING, words.text("status.withdrawn_more", date=day), "/withdrawn", 1)
            yield from self._fact("sheet.withdrawn_by", withdrawn["by"]["name"])
            yield from self._fact("sheet.withdrawn_reason", withdrawn["reason"])
        elif state["changes"]:
            versions = {"version": self.document["list_version"], "latest": state["latest_version"]}
            retired = any(one["status"] == "retired" for one in state["guidance_today"])
            key = "status.superseded_retired" if retired else "status.superseded_more"
            yield Passage(Kind.WORDING, words.text(key, **versions), "/status", 1)
        yield from self._guidance_today()
        if changes := state["changes"]:
            for change in changes["items"]:
                yield from self._change(change)
            for answer in changes["answers"] or [{"text": words.text("change.none")}]:
                least = 0 if changes["items"] and not changes["answers"] else 1
                text = f"{self.layout.bullet}{answer['text']}"
                yield Passage(Kind.WORDING, text, "/changes/answers", least, 1)

    def _guidance_today(self) -> Iterator[Passage]:
        names = {one.treatment.id: one.treatment.name for one in self.used}
        for one in told_of_guidance(self.document, self.changes_and_status):
            places = {"name": names[one["treatment"]], "date": self._instant(one["since"])}
            text = self.words.text(f"guidance_status_more.{one['status']}", **places)
            yield Passage(Kind.WORDING, text, "/guidance_today", 1)

    def _change(self, change: Mapping[str, Any]) -> Iterator[Passage]:
        text, before = change["text"], change["before_text"]
        was, nothing = self.words.text("sheet.change_before"), self.words.text("change.nothing")
        joined = f"{self.layout.bullet}{change['label']}: {text}"
        if before not in (None, text):
            joined += f" ({was}: {before})"
        place = f"/changes/items/{change['item_id']}"
        yield Passage(Kind.RECORD, joined, place, 1, 1)
        for fact in change["fields"]:
            if (fact["before"], fact["after"]) != (before, text):
                said = f"{fact['label']}: {fact['after'] or nothing} ({was}: {fact['before'] or nothing})"
                yield Passage(Kind.RECORD, f"{self.layout.bullet}{said}", f"{place}/{fact['key']}", 1, 1)

    def signing(self) -> Iterator[Passage]:
        """What was signed and marked, each at its own place."""
        for signed in self.changes_and_status["sign_offs"]:
            for name in ("text", "status_text", "deferred_text"):
                if signed[name] in self.proven:
                    yield Passage(Kind.WORDING, signed[name], f"/sign_offs/{signed['id']}/{name}", 1, 1)
        for mark in self.changes_and_status["marks"]:
            texts = [text for text in (mark["text"], mark["note"]) if text]
            if self.proven.issuperset(texts):
                yield Passage(Kind.RECORD, ": ".join(texts), f"/marks/{mark['line']}", 1, 1)

    def sections(self) -> Iterator[Passage]:
        """The notices and every line of every section."""
        for line in self.document["notices"]:
            yield from self._if_proven(Kind.WORDING, line["text"], line, most=None)
        for section in self.document["sections"]:
            yield from self._if_proven(Kind.WORDING, section["title"], section, most=None)
            for line in section["lines"]:
                yield from self._line(line)

    def _line(self, line: Mapping[str, Any]) -> Iterator[Passage]:
        if line["kind"] == Kind.GUIDANCE:
            numbers = ",".join(str(self.cited[sentence]) for sentence in self._sentences(line))
            text = f"{self.layout.bullet}{line['text']}{numbers}"
            yield from self._if_proven(Kind.GUIDANCE, line["text"], line, text)
        elif "item" in line:
            yield from self._if_proven(Kind.RECORD, line["text"], line, f"{line['number']} {line['text']}")
            for fact in line["details"]:
                text = f"{fact['label']}: {fact['value']}"
                if fact["label"] in self.proven:
                    yield from self._if_proven(Kind.RECORD, fact["value"], line, text)
        else:
            most = 1 if line["kind"] == Kind.RECORD else None
            yield from self._if_proven(Kind(line["kind"]), line["text"], line, most=most)
        for wording in (*line.get("asks", ()), *([line["said"]] if "said" in line else ())):
            yield from self._if_proven(Kind.WORDING, wording["text"], wording, most=None)

    def _sentences(self, line: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
        """The sentences that a statement cites, by the digest of their document."""
        used = self.used
        document = next(
            one.document.sha256 for one in used if len(used) == 1 or one.treatment.id == line["treatment"]
        )
        return ((document, cited["paragraph"], cited["sentence"]) for cited in line["citations"])

    def _cited(self) -> dict[tuple[str, int, int], int]:
        """The number of each cited sentence: those of the first document first, as the sheet cites them."""
        lines = [line for section in self.document["sections"] for line in section["lines"]]
        cited = [
            sentence for line in lines if line["kind"] == Kind.GUIDANCE for sentence in self._sentences(line)
        ]
        documents = dict.fromkeys(one.document.sha256 for one in self.used)
        in_turn = dict.fromkeys(one for sha256 in documents for one in cited if one[0] == sha256)
        return {sentence: number for number, sentence in enumerate(in_turn, start=1)}

    def _if_proven(
        self, kind: Kind, text: str, line: Mapping[str, Any], joined: str = "", most: int | None = 1
    ) -> Iterator[Passage]:
        if text in self.proven:
            yield Passage(kind, joined or text, line["id"], 1, most)

    def sources(self) -> Iterator[Passage]:
        """Each document, and the cited sentences by their numbers."""
        label = self.words.text("sheet.sources")
        for title in {one.document.sha256: one.document.title for one in self.used}.values():
            joined = title if self.layout.values_apart else f"{label}: {title}"
            yield Passage(Kind.GUIDANCE, joined, "/guidance", 1, 1)
        for (_, paragraph, sentence), number in self.cited.items():
            source = self.words.text("sheet.sentence", paragraph=paragraph, sentence=sentence)
            yield Passage(Kind.WORDING, f"{number} {source}", "/guidance", 1, 1)

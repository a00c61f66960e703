"""What has become of a sheet: its standing, what changed since, and what was signed and marked."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.domain.checklists.sign_offs import SIGNED_SECTIONS
from service.formats.proof.issued import Issued, Kind
from service.formats.proof.joining import Joining, Layout
from service.formats.proof.matching import Passage


def told_of_guidance(document: Mapping[str, Any], state: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """What an open sheet tells of guidance that is no longer in use; any other tells nothing of it."""
    signed = {one["section"] for one in state["sign_offs"] if one["status"] == "holds"}
    to_sign = {section["id"] for section in document["sections"]} & set(SIGNED_SECTIONS)
    if state["withdrawn"] or not to_sign - signed:
        return ()
    return tuple(one for one in state["guidance_today"] if one["status"] != "in_use")


class State(Joining):
    """What has become of the sheet, and what changed since."""

    def __init__(self, issued: Issued, proven: set[str], layout: Layout) -> None:
        super().__init__(issued, proven, layout)
        self.state = issued.state_document

    def passages(self) -> Iterator[Passage]:
        """Its standing, what its guidance is today, and each change."""
        yield from self._standing()
        yield from self._guidance_today()
        if self.state["changes"]:
            yield from self._changes(self.state["changes"])

    def _standing(self) -> Iterator[Passage]:
        state, words = self.state, self.words
        if withdrawn := state["withdrawn"]:
            day = self.instant(withdrawn["at"])
            yield Passage(Kind.WORDING, words.text("status.withdrawn_more", date=day), "/withdrawn", 1)
            yield from self.fact("sheet.withdrawn_by", withdrawn["by"]["name"])
            yield from self.fact("sheet.withdrawn_reason", withdrawn["reason"])
        elif state["changes"]:
            versions = {"version": self.document["list_version"], "latest": state["latest_version"]}
            retired = any(one["status"] == "retired" for one in state["guidance_today"])
            key = "status.superseded_retired" if retired else "status.superseded_more"
            yield Passage(Kind.WORDING, words.text(key, **versions), "/status", 1)

    def _changes(self, changes: Mapping[str, Any]) -> Iterator[Passage]:
        for change in changes["items"]:
            yield from self._change(change)
        for answer in changes["answers"] or [{"text": self.words.text("change.none")}]:
            least = 0 if changes["items"] and not changes["answers"] else 1
            text = f"{self.layout.bullet}{answer['text']}"
            yield Passage(Kind.WORDING, text, "/changes/answers", least, 1)

    def _guidance_today(self) -> Iterator[Passage]:
        names = {one.treatment.id: one.treatment.name for one in self.used}
        for one in told_of_guidance(self.document, self.state):
            places = {"name": names[one["treatment"]], "date": self.instant(one["since"])}
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


class Signing(Joining):
    """What was signed and marked, each at its own place."""

    def __init__(self, issued: Issued, proven: set[str], layout: Layout) -> None:
        super().__init__(issued, proven, layout)
        self.state = issued.state_document

    def passages(self) -> Iterator[Passage]:
        """Each signature and each mark that rests on one that was made."""
        for signed in self.state["sign_offs"]:
            for name in ("text", "status_text", "deferred_text"):
                if signed[name] in self.proven:
                    yield Passage(Kind.WORDING, signed[name], f"/sign_offs/{signed['id']}/{name}", 1, 1)
        for mark in self.state["marks"]:
            texts = [text for text in (mark["text"], mark["note"]) if text]
            if self.proven.issuperset(texts):
                yield Passage(Kind.RECORD, ": ".join(texts), f"/marks/{mark['line']}", 1, 1)

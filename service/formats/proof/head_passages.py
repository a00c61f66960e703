"""The fixed words of a sheet, and whose sheet it is."""

from collections.abc import Iterator
from datetime import date

from service.domain.text import PartialDate
from service.formats.proof.issued import Kind
from service.formats.proof.joining import Joining
from service.formats.proof.matching import Passage

_FURNITURE = ("sheet.", "sign.", "status.", "guidance_status.", "change.")
_STILL_TAKING = "ask.still_taking"


class Furniture(Joining):
    """Labels, titles of columns and other fixed words, as often as the sheet needs them."""

    def passages(self) -> Iterator[Passage]:
        """Each label and fixed word, and the numbers of the pages."""
        for key, text in self.words.texts.items():
            if key == _STILL_TAKING or (key.startswith(_FURNITURE) and "{" not in text):
                yield Passage(Kind.WORDING, text, key)
        if self.layout.pages is None:
            around = self.words.text("sheet.page", page="\0", pages="\0").split("\0")
            yield from (Passage(Kind.WORDING, text, "sheet.page") for text in around)
        for page in range(1, (self.layout.pages or 0) + 1):
            text = self.words.text("sheet.page", page=page, pages=self.layout.pages)
            yield Passage(Kind.WORDING, text, "sheet.page", 1, 1)


class Head(Joining):
    """Whose sheet it is, as often as there are pages."""

    def passages(self) -> Iterator[Passage]:
        """The patient, the sheet and what it is for."""
        patient, words = self.document["patient"], self.words
        if patient["name"]:
            yield Passage(Kind.RECORD, patient["name"], "/patient/name", 1)
        born = PartialDate.parse(patient["birth_date"]) if patient["birth_date"] else None
        yield from self._day("sheet.birth_date", born)
        for entry in patient["identifiers"]:
            yield from self.fact("sheet.identifier", entry["value"], system=entry["system"])
        yield Passage(Kind.RECORD, f"{words.text('sheet.title')} {self.document['code']}", "/code")
        yield Passage(Kind.WORDING, words.text("sheet.code_picture", code=self.document["code"]), "/code")
        yield from self._which()

    def _which(self) -> Iterator[Passage]:
        """Which sheet it is, and what for."""
        document = self.document
        yield from self.fact("sheet.list_version", str(document["list_version"]))
        yield from self.fact("sheet.issued", self.instant(document["issued_at"]))
        yield from self.fact("sheet.code", document["code"])
        yield from self.fact("sheet.treatment", document["treatment"]["name"])
        start = date.fromisoformat(document["planned_start"]) if document["planned_start"] else None
        yield from self._day("sheet.planned_start", start)
        yield from self.fact("sheet.issued_by", document["issued_by"]["name"])

    def _day(self, key: str, day: PartialDate | date | None) -> Iterator[Passage]:
        if day is None:
            return self.fact(key, self.words.text(f"{key}_missing"), Kind.WORDING)
        return self.fact(key, self.words.date(day))

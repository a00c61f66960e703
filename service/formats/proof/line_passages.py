"""The lines of a sheet, and the sentences that its statements cite."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.formats.proof.issued import Issued, Kind
from service.formats.proof.joining import Joining, Layout
from service.formats.proof.matching import Passage


class Lines(Joining):
    """The notices and every line of every section; then each document with what is cited of it."""

    def __init__(self, issued: Issued, proven: set[str], layout: Layout) -> None:
        super().__init__(issued, proven, layout)
        self.cited = self._cited()

    def passages(self) -> Iterator[Passage]:
        """First the lines, then what they cite."""
        yield from self._lines()
        yield from self._sources()

    def _lines(self) -> Iterator[Passage]:
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

    def _sources(self) -> Iterator[Passage]:
        """Each document, and the cited sentences by their numbers."""
        label = self.words.text("sheet.sources")
        for title in {one.document.sha256: one.document.title for one in self.used}.values():
            joined = title if self.layout.values_apart else f"{label}: {title}"
            yield Passage(Kind.GUIDANCE, joined, "/guidance", 1, 1)
        for (_, paragraph, sentence), number in self.cited.items():
            source = self.words.text("sheet.sentence", paragraph=paragraph, sentence=sentence)
            yield Passage(Kind.WORDING, f"{number} {source}", "/guidance", 1, 1)

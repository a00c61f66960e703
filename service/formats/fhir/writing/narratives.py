"""An issued sheet as narrative: every line of each section, and whose sheet it is, as XHTML.

Only what R4 lets stand in a narrative is used. The record's words keep their own direction, and each text in
another language than the sheet's says so.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from service.domain.wording import (
    SOURCE_LANGUAGE,
    Catalogue,
    direction_of,
    is_turning,
    marked_english,
    same_language,
)
from service.formats.english_marks import once_marked
from service.formats.fhir.writing.elements import Element
from service.formats.fhir.writing.xhtml import in_language, narrative, turned_by_itself, written
from service.formats.isolated_text import (
    IsolatedText,
    Part,
    fixed,
    marked_label,
    marked_text,
    recorded,
    worded_line,
)
from service.formats.printout.layout.citations import Citations
from service.formats.printout.layout.facts import Fact
from service.formats.printout.layout.head import head_of

Line = Mapping[str, Any]


class Narratives:
    """The narratives of one issued document; ``words`` are the catalogue of its language."""

    def __init__(self, document: Mapping[str, Any], words: Catalogue) -> None:
        self.document = document
        self.language: str = document["language"]
        self.words = words.marked()
        self.citations = Citations(document)

    def head(self) -> Element:
        """What every sheet says first, then whose and which it is."""
        head = head_of(self.document, self.words)
        notices = (worded_line(line, self.words) for line in self.document["notices"])
        facts = (*head.person, head.code, *head.sheet, *head.treatment)
        blocks = [self._paragraph(notice) for notice in notices]
        blocks.append(f"<p><strong>{self._text(recorded(head.name))}</strong></p>")
        return self._narrative([*blocks, *(self._fact(fact) for fact in facts)])

    def section(self, section: Mapping[str, Any]) -> Element:
        """The section's lines in their order; the last one before the signatures has the sources."""
        blocks = [block for line in section["lines"] for block in self._line(line)]
        if section["id"] == self.citations.section:
            blocks += self._sources()
        title = section["title"]
        marked = marked_english(title) if section.get("title_language") else title
        return self._narrative(blocks or [self._paragraph(fixed(marked))])

    def _narrative(self, blocks: Iterable[str]) -> Element:
        before, behind = in_language(SOURCE_LANGUAGE, "\0").split("\0")
        return narrative("additional", self.language, once_marked("".join(blocks), before, behind))

    def _line(self, line: Line) -> Iterator[str]:
        if line["kind"] == "guidance":
            yield self._statement(line)
        elif "item" in line:
            name = self._text(recorded(line["text"]))
            yield f"<p>{line['number']} <strong>{name}</strong></p>"
            yield self._about_item(line)
        elif line["kind"] == "record":
            yield self._paragraph(fixed(marked_text(line)))
            yield self._paragraph(worded_line(line["said"], self.words))
        else:
            yield self._paragraph(worded_line(line, self.words))

    def _about_item(self, line: Line) -> str:
        details = (
            f"{self._text(fixed(marked_label(detail)))}: {self._text(recorded(detail['value']))}"
            for detail in line["details"]
        )
        asked_and_said = (*line["asks"], line["said"])
        wordings = (self._text(worded_line(wording, self.words)) for wording in asked_and_said)
        return f"<ul>{''.join(f'<li>{text}</li>' for text in (*details, *wordings))}</ul>"

    def _statement(self, line: Line) -> str:
        text = self._text(fixed(line["text"]))
        if not same_language(line["language"], self.language):
            text = in_language(line["language"], text)
        numbers = ",".join(map(str, self.citations.numbers(line)))
        return f"<p>{text}<sup>{numbers}</sup></p>"

    def _sources(self) -> Iterator[str]:
        """Each document that statements rest on, and its numbered sentences."""
        label = fixed(f"{self.words.text('sheet.sources')}: ")
        for document in self.citations.documents(self.words):
            yield self._paragraph(IsolatedText((*label.parts, *recorded(document.title).parts)))
            for number, sentence in document.sentences:
                yield self._paragraph(fixed(f"{number} {sentence}"))

    def _fact(self, fact: Fact) -> str:
        parts = [*fixed(f"{fact.label} ").parts, *fact.value.parts]
        if fact.system:
            parts += [Part(" ("), *recorded(fact.system).parts, Part(")")]
        return self._paragraph(IsolatedText(tuple(parts)))

    def _paragraph(self, text: IsolatedText) -> str:
        return f"<p>{self._text(text)}</p>"

    def _text(self, text: IsolatedText) -> str:
        return "".join(map(self._part, text.parts))

    def _part(self, part: Part) -> str:
        turns = part.own and (direction_of(self.language) == "rtl" or is_turning(part.text))
        return turned_by_itself(part.text) if turns else written(part.text)

"""The sheet's layout, free of any format: its parts put together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.wording import Catalogue, direction_of
from service.formats.isolated_text import IsolatedText, marked_text, worded_line
from service.formats.printout.layout.banner import Banner, banner_of
from service.formats.printout.layout.changes import Changes, changes_of
from service.formats.printout.layout.citations import Citations, CitedDocument
from service.formats.printout.layout.head import Head, head_of
from service.formats.printout.layout.lines import Around, marks_of
from service.formats.printout.layout.sections import SheetSection, sections_of

_STATEMENTS_LANGUAGE = "notice.statements_language"
_LABELS = {
    "told": "sheet.told_box",
    "asked": "sheet.asked_box",
    "initials": "sheet.initials",
    "write": "sheet.write_here",
    "missing": "sheet.what_is_missing",
    "taken": "sheet.what_is_taken",
    "ask": "sheet.to_ask",
    "before": "sheet.change_before",
    "sources": "sheet.sources",
    "signer": "sheet.signer",
    "signer_name": "sign.name",
    "signature": "sign.signature",
    "signed_at": "sign.date",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is printed; ``labels`` are the fixed words of columns and boxes, by their short name.

    ``not_checked`` stands on every page. The sources and the ``notes`` follow the section ``sources_after``;
    ``statements_language`` stands where a document's statements are in another language than the sheet.
    """

    language: str
    direction: str
    paper: str
    print_size: str
    head: Head
    banner: Banner | None
    changes: Changes | None
    not_checked: str
    not_checked_more: str
    purpose: str
    sections: tuple[SheetSection, ...]
    statements_language: IsolatedText | None
    sources_after: str
    sources: tuple[CitedDocument, ...]
    notes: tuple[IsolatedText, ...]
    labels: Mapping[str, str]


def sheet_of(document: Mapping[str, Any], state: Mapping[str, Any], words: Catalogue) -> Sheet:
    """A checklist document laid out, with what its state says today; English is marked (``words.marked``)."""
    words, language, citations = words.marked(), document["language"], Citations(document)
    not_checked, not_checked_more, *others = document["notices"]
    of_language = [line for line in others if line["key"] == _STATEMENTS_LANGUAGE]
    return Sheet(
        language=language,
        direction=direction_of(language),
        paper=document["paper"],
        print_size=document["print_size"],
        head=head_of(document, words),
        banner=banner_of(document, state, words),
        changes=changes_of(state, words),
        not_checked=marked_text(not_checked),
        not_checked_more=marked_text(not_checked_more),
        purpose=words.text("sheet.purpose"),
        sections=sections_of(document, state, Around(words, language, citations, marks_of(state, words))),
        statements_language=worded_line(of_language[0], words) if of_language else None,
        sources_after=citations.section,
        sources=citations.documents(words),
        notes=tuple(worded_line(line, words) for line in others if line not in of_language),
        labels={name: words.text(key) for name, key in _LABELS.items()},
    )

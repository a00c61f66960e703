"""The sheet's layout, free of any format: what stands where, worked out once for the page and for the PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.wording import Catalogue, direction_of
from service.formats.printout.head import Banner, Changes, Head, banner_of, changes_of, head_of
from service.formats.printout.isolated_text import IsolatedText, marked_text, worded_line
from service.formats.printout.sections import SheetSection, sections_of
from service.formats.printout.sources import SourceDocument, Sources

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
    sources: tuple[SourceDocument, ...]
    notes: tuple[IsolatedText, ...]
    labels: Mapping[str, str]


def sheet_of(document: Mapping[str, Any], state: Mapping[str, Any], words: Catalogue) -> Sheet:
    """Lay out a checklist document with what its state says of it today.

    What is English for want of a translation stands between the marks of ``domain.wording``.
    """
    words, sources = words.marked(), Sources(document)
    not_checked, not_checked_more, *others = document["notices"]
    said_of_language = [line for line in others if line["key"] == _STATEMENTS_LANGUAGE]
    language = document["language"]
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
        sections=sections_of(document, state, words, sources),
        statements_language=worded_line(said_of_language[0], words) if said_of_language else None,
        sources_after=[s["id"] for s in document["sections"] if s["id"] != "sign_off"][-1],
        sources=sources.documents(words),
        notes=tuple(worded_line(line, words) for line in others if line not in said_of_language),
        labels={name: words.text(key) for name, key in _LABELS.items()},
    )

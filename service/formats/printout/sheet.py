"""The sheet's layout, free of any format: what stands where, worked out once for the page and for the PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.wording import Catalogue
from service.formats.printout.head import Banner, Changes, Head, banner_of, changes_of, head_of
from service.formats.printout.isolated_text import IsolatedText, worded
from service.formats.printout.sections import SheetSection, Sources, sections_of

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
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

    ``not_checked`` stands on every page. The sources and the ``notes`` follow the section ``sources_after``.
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
    sources_after: str
    sources_title: str
    sources: tuple[str, ...]
    notes: tuple[IsolatedText, ...]
    labels: Mapping[str, str]


def sheet_of(document: Mapping[str, Any], state: Mapping[str, Any], words: Catalogue) -> Sheet:
    """Lay out a checklist document with what its state says of it today."""
    sources = Sources()
    notices = [worded(line["text"], words.texts.get(line["key"])) for line in document["notices"][2:]]
    language = document["language"]
    return Sheet(
        language=language,
        direction=direction_of(language),
        paper=document["paper"],
        print_size=document["print_size"],
        head=head_of(document, words),
        banner=banner_of(document, state, words),
        changes=changes_of(state, words),
        not_checked=document["notices"][0]["text"],
        not_checked_more=document["notices"][1]["text"],
        purpose=words.text("sheet.purpose"),
        sections=sections_of(document["sections"], words, sources),
        sources_after=[s["id"] for s in document["sections"] if s["id"] != "sign_off"][-1],
        sources_title=document["guidance"]["document_title"],
        sources=sources.texts(words),
        notes=tuple(notices),
        labels={name: words.text(key) for name, key in _LABELS.items()},
    )


def direction_of(language: str) -> str:
    """``rtl`` for a language that is written from right to left, else ``ltr``."""
    return "rtl" if language.split("-", maxsplit=1)[0].lower() in _RIGHT_TO_LEFT else "ltr"

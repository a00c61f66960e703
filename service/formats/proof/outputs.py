"""The outputs of a checklist in one table, and the proof over all of them."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, TypeVar

import orjson

from service.domain.wording import Catalogue
from service.formats.printout import (
    BatchHead,
    SheetOfBatch,
    UnprintableError,
    batch_pdf,
    is_printable,
    sheet_html,
    sheet_pdf,
)
from service.formats.proof.cover_passages import BatchOfOne, cover_passages
from service.formats.proof.document_proof import prove_document
from service.formats.proof.fhir_document import check_document, fhir_document
from service.formats.proof.html_reading import html_stretches
from service.formats.proof.issued import Issued, Json, Kind
from service.formats.proof.joining import Layout
from service.formats.proof.leaves import leaves, whole
from service.formats.proof.matching import Match, match
from service.formats.proof.passages import passages_of
from service.formats.proof.pdf_reading import number_of_pages, pdf_stretches
from service.formats.proof.verdicts import Fault, Flaw, Known

_Content = TypeVar("_Content")


@dataclass(frozen=True, slots=True)
class Output(Generic[_Content]):
    """One way in which a checklist leaves the service.

    ``render`` makes it from a document, its state and the words; ``check`` holds what was made to the texts
    that are known of this checklist.
    """

    render: Callable[[Json, Json, Catalogue], _Content]
    check: Callable[[_Content, Issued, tuple[Known, ...]], Match]


AnyOutput = Output[Any]


@dataclass(frozen=True, slots=True)
class OutputProof:
    """What was found for one checklist in one output. ``refused`` says why there is no such output."""

    output: str
    found: Counter[Kind]
    faults: tuple[Fault, ...]
    refused: str = ""


def prove(issued: Issued, outputs: Mapping[str, AnyOutput] | None = None) -> list[OutputProof]:
    """Render a checklist in every output and hold each text of each to what it rests on.

    The first entry is the proof of the document itself, which the outputs are then held to.
    """
    known, unproven = prove_document(issued)
    of_document = OutputProof("document", Counter(entry.kind for entry in known), unproven)
    table = OUTPUTS if outputs is None else outputs
    return [of_document, *(_prove(name, output, issued, known) for name, output in table.items())]


def _prove(name: str, output: AnyOutput, issued: Issued, known: tuple[Known, ...]) -> OutputProof:
    try:
        content = output.render(issued.document, issued.state_document, issued.words)
    except UnprintableError as refusal:
        return OutputProof(name, Counter(), (), str(refusal))
    found = output.check(content, issued, known)
    return OutputProof(name, found.found, found.faults)


def _json(document: Json, state: Json, _words: Catalogue) -> bytes:
    return orjson.dumps(whole(document, state))


def _html(document: Json, state: Json, words: Catalogue) -> str:
    return sheet_html(document, state, words, stylesheet_url="sheet.css")


def _pdf(document: Json, state: Json, words: Catalogue) -> bytes:
    """The sheet in the service's own fonts, so that every machine comes to the same verdict."""
    return sheet_pdf(document, state, words, system_fonts=False)


def check_json(content: bytes, _issued: Issued, known: tuple[Known, ...]) -> Match:
    """Each text stands at its own place in the document, and each of the document's texts stands there."""
    texts = {leaf.place: leaf.text for leaf in leaves(orjson.loads(content))}
    by_place = {entry.place: entry for entry in known}
    right = {place for place, entry in by_place.items() if texts.get(place) == entry.text}
    faults = [Fault(Flaw.EXTRA, text, place) for place, text in texts.items() if place not in right]
    faults += [Fault(Flaw.MISSING, by_place[place].text, place) for place in by_place if place not in right]
    return Match(Counter(by_place[place].kind for place in right), tuple(faults))


def check_html(content: str, issued: Issued, known: tuple[Known, ...]) -> Match:
    """Each block of the page is made of known passages."""
    return match(html_stretches(content), passages_of(issued, known, Layout()))


def check_pdf(content: bytes, issued: Issued, known: tuple[Known, ...]) -> Match:
    """The body and each page's furniture are made of known passages, and so is what is read aloud."""
    stretches, pages = pdf_stretches(content)
    layout = Layout("– ", " ({})", values_apart=False, pages=pages)
    return match(stretches, passages_of(issued, known, layout))


def _batch(document: Json, state: Json, words: Catalogue) -> BatchOfOne:
    """The sheet behind a cover, in the service's own fonts; every other one as if it had been issued anew."""
    head = BatchHead("Clinic", document["paper"], "UTC", document["issued_at"], "Nurse", None)
    sheet = SheetOfBatch(document, state, words, renewed=document["list_version"] % 2 == 0)
    patient = document["patient"]
    texts = [patient["name"] or "", *(text for entry in patient["identifiers"] for text in entry.values())]
    refused = frozenset(text for text in texts if not is_printable(text, system_fonts=False))
    error, pages = None, 0
    try:
        pages = number_of_pages(_pdf(document, state, words))
    except UnprintableError as refusal:
        error = refusal
    pdf = batch_pdf(head, words, [sheet], system_fonts=False).pdf
    return BatchOfOne(pdf, head, number_of_pages(pdf) - pages, pages, sheet.renewed, error, refused)


def check_batch(content: BatchOfOne, issued: Issued, known: tuple[Known, ...]) -> Match:
    """The cover and, where it could be printed, the sheet behind it are made of known passages."""
    stretches, _ = pdf_stretches(content.pdf)
    passages = cover_passages(issued, content)
    if content.error is None:
        layout = Layout("– ", " ({})", values_apart=False, pages=content.sheet_pages)
        passages += passages_of(issued, known, layout)
    return match(stretches, passages)


OUTPUTS: Mapping[str, AnyOutput] = MappingProxyType(
    {
        "json": Output(_json, check_json),
        "html": Output(_html, check_html),
        "pdf": Output(_pdf, check_pdf),
        "batch": Output(_batch, check_batch),
        "fhir": Output(fhir_document, check_document),
    }
)
"""Every output there is, by its name. A page or a text of another kind needs a ``Layout`` and a reader."""

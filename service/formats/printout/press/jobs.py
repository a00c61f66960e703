"""Jobs for the press: sheets and batches, each set by a process of its own while others wait their turn.

A batch has a typesetter to itself. Single sheets share a few that stay, each for so many sheets.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from threading import BoundedSemaphore
from typing import Any

import orjson

from service.domain.wording import Catalogue
from service.formats.printout.layout.cover import BatchHead
from service.formats.printout.press.batch import BatchPdf
from service.formats.printout.press.child import PressError, Typesetter
from service.formats.printout.unprintable import UnprintableError

MOST_SECONDS = 180
MOST_SECONDS_A_SHEET = 30
MOST_SHEETS = 200
"""How many sheets one typesetter sets before another takes its place."""
_WAIT_SECONDS = 60
_BATCHES_AT_ONCE = 2
_SHEETS_AT_ONCE = 2
_batch_turns = BoundedSemaphore(_BATCHES_AT_ONCE)
_sheet_turns = BoundedSemaphore(_SHEETS_AT_ONCE)
_resting: list[Typesetter] = []


@dataclass(frozen=True, slots=True)
class PrintableText:
    """A sheet as it goes to the press; ``document_text`` is JSON, byte for byte as it was issued."""

    document_text: str
    state: Mapping[str, Any]
    words: Catalogue
    renewed: bool = False


def press(head: BatchHead, words: Catalogue, sheets: Sequence[PrintableText]) -> BatchPdf:
    """Set a batch. Raises PressError when that takes too long or its process dies."""
    with _turn(_batch_turns):
        typesetter = Typesetter()
        try:
            answer = typesetter.set(lambda: _job(head, words, sheets), MOST_SECONDS)
        finally:
            typesetter.end()
    return BatchPdf(answer.pdf, answer.told["failed"])


def press_sheet(sheet: PrintableText) -> bytes:
    """Set one sheet; the same input gives the same bytes. Raises UnprintableError and PressError."""
    with _turn(_sheet_turns):
        typesetter = _rested()
        answer = typesetter.set(lambda: _job(None, sheet.words, [sheet]), MOST_SECONDS_A_SHEET)
        if typesetter.jobs < MOST_SHEETS:
            _resting.append(typesetter)
        else:
            typesetter.end()
    if "unprintable" in answer.told:
        raise UnprintableError(*answer.told["unprintable"])
    return answer.pdf


@contextmanager
def _turn(turns: BoundedSemaphore) -> Iterator[None]:
    if not turns.acquire(timeout=_WAIT_SECONDS):
        raise PressError("Too much is being printed at once.")
    try:
        yield
    finally:
        turns.release()


def _rested() -> Typesetter:
    """One that has set sheets before, where there is one and nobody has ended it; else a new one."""
    with suppress(IndexError):
        while not (found := _resting.pop()).is_alive():
            found.end()
        return found
    return Typesetter()


def _job(head: BatchHead | None, words: Catalogue, sheets: Sequence[PrintableText]) -> bytes:
    """What the typesetter reads; without a head it is one sheet alone."""
    catalogues = {sheet.words.language: sheet.words for sheet in sheets} | {words.language: words}
    return orjson.dumps(
        {
            "head": head and {field.name: getattr(head, field.name) for field in fields(head)},
            "language": words.language,
            "catalogues": {
                language: {"texts": dict(found.texts), "untranslated": sorted(found.untranslated)}
                for language, found in catalogues.items()
            },
            "sheets": [
                {
                    "document": orjson.Fragment(sheet.document_text),
                    "state": sheet.state,
                    "language": sheet.words.language,
                    "renewed": sheet.renewed,
                }
                for sheet in sheets
            ],
        }
    )

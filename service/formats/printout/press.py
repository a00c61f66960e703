"""The press: has a batch set by a process of its own, so that typst's memory goes with it."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from threading import BoundedSemaphore
from typing import Any

import orjson

from service.domain.wording import Catalogue
from service.formats.printout.batch import BatchPdf
from service.formats.printout.cover import BatchHead

MOST_SECONDS = 180
_WAIT_SECONDS = 60
_AT_ONCE = 2
_turns = BoundedSemaphore(_AT_ONCE)
# A child needs no secret and no database.
_NOT_FOR_CHILDREN = ("MEDICATION_CHECKLIST_", "DATABASE_URL", "PG")


class PressError(Exception):
    """The batch could not be set: too many at once, too long, or the process was ended."""


@dataclass(frozen=True, slots=True)
class PrintableText:
    """A sheet as it goes to the press; ``document_text`` is JSON, byte for byte as it was issued."""

    document_text: str
    state: Mapping[str, Any]
    words: Catalogue
    renewed: bool


def press(head: BatchHead, words: Catalogue, sheets: Sequence[PrintableText]) -> BatchPdf:
    """Set a batch. Raises PressError when that takes too long or its process dies."""
    job = _job(head, words, sheets)
    if not _turns.acquire(timeout=_WAIT_SECONDS):
        raise PressError("Too many batches are being printed.")
    try:
        answer = _run(job)
    finally:
        _turns.release()
    told, _, pdf = answer.partition(b"\n")
    return BatchPdf(pdf, orjson.loads(told)["failed"])


def _run(job: bytes) -> bytes:
    ours, theirs = os.pipe()
    try:
        with subprocess.Popen(  # noqa: S603 -- our own module, and nothing of a request among its words
            [sys.executable, "-m", "service.formats.printout.typesetter", str(ours)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(ours,),
            env=_environment(),
        ) as child:
            os.close(ours)
            ours = -1
            try:
                answer, _ = child.communicate(job, timeout=MOST_SECONDS)
            except subprocess.TimeoutExpired:
                raise PressError("It took too long to print the batch.") from None
            finally:
                child.kill()
            if child.returncode:
                raise PressError("The process that prints the batch ended early.")
            return answer
    finally:
        os.close(theirs)
        if ours >= 0:
            os.close(ours)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_FOR_CHILDREN)}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _job(head: BatchHead, words: Catalogue, sheets: Sequence[PrintableText]) -> bytes:
    catalogues = {sheet.words.language: sheet.words for sheet in sheets} | {words.language: words}
    return orjson.dumps(
        {
            "head": {field.name: getattr(head, field.name) for field in fields(head)},
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

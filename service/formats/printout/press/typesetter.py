"""The process that sets sheets and batches: ``python -m service.formats.printout.press.typesetter``.

Each job comes on standard input, the number of its bytes on a line and then so much JSON. Its answer goes to
standard output: a line of JSON that says how long the PDF behind it is. The input is held open by whoever
started it: when that process ends, so does this one.
"""

import os
import sys
import threading
from queue import SimpleQueue
from typing import Any

import orjson

from service.domain.wording import Catalogue
from service.formats.printout.layout.cover import BatchHead
from service.formats.printout.layout.cover_rows import SheetOfBatch
from service.formats.printout.pdf import sheet_pdf
from service.formats.printout.press.batch import batch_pdf
from service.formats.printout.unprintable import UnprintableError

Answer = tuple[dict[str, Any], bytes]


def main() -> None:
    """Set one job after another; one that fails ends the process, which is all that its error tells."""
    jobs: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_read, args=(jobs,), daemon=True).start()
    try:
        while True:
            _say(*_set(jobs.get()))
    finally:
        os._exit(1)


def _read(jobs: SimpleQueue[bytes]) -> None:
    """Take jobs in beside the work, to hear in the midst of it that the input has ended."""
    while length := sys.stdin.buffer.readline():
        jobs.put(sys.stdin.buffer.read(int(length)))
    os._exit(0)


def _say(told: dict[str, Any], pdf: bytes) -> None:
    sys.stdout.buffer.write(orjson.dumps(told | {"length": len(pdf)}) + b"\n")
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()


def _set(job: bytes) -> Answer:
    read = orjson.loads(job)
    words = {
        language: Catalogue(language, found["texts"], frozenset(found["untranslated"]))
        for language, found in read["catalogues"].items()
    }
    sheets = [
        SheetOfBatch(sheet["document"], sheet["state"], words[sheet["language"]], sheet["renewed"])
        for sheet in read["sheets"]
    ]
    if read["head"] is None:
        return _alone(*sheets)
    head = BatchHead(**{**read["head"], "missing": tuple(read["head"]["missing"])})
    made = batch_pdf(head, words[read["language"]], sheets)
    return {"failed": made.failed}, made.pdf


def _alone(sheet: SheetOfBatch) -> Answer:
    try:
        return {}, sheet_pdf(sheet.document, sheet.state, sheet.words)
    except UnprintableError as error:
        return {"unprintable": (error.line_id, error.item_number, error.character)}, b""


if __name__ == "__main__":
    main()

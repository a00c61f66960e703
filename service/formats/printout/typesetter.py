"""The process that sets one batch and ends: ``python -m service.formats.printout.typesetter FD``.

Its job comes as JSON on standard input; the PDF goes to standard output behind one line of JSON. The pipe FD
is held open by whoever waits for it: when that process ends, so does this one.
"""

import os
import sys
import threading

import orjson

from service.domain.wording import Catalogue
from service.formats.printout.batch import BatchPdf, batch_pdf
from service.formats.printout.cover import BatchHead, SheetOfBatch


def main() -> None:
    """Set the batch that is on standard input."""
    threading.Thread(target=_end_with, args=(int(sys.argv[1]),), daemon=True).start()
    made = _set(sys.stdin.buffer.read())
    sys.stdout.buffer.write(orjson.dumps({"failed": made.failed}) + b"\n" + made.pdf)
    sys.stdout.buffer.flush()


def _end_with(pipe: int) -> None:
    os.read(pipe, 1)
    os._exit(1)


def _set(job: bytes) -> BatchPdf:
    read = orjson.loads(job)
    words = {
        language: Catalogue(language, found["texts"], frozenset(found["untranslated"]))
        for language, found in read["catalogues"].items()
    }
    sheets = [
        SheetOfBatch(sheet["document"], sheet["state"], words[sheet["language"]], sheet["renewed"])
        for sheet in read["sheets"]
    ]
    head = BatchHead(**{**read["head"], "missing": tuple(read["head"]["missing"])})
    return batch_pdf(head, words[read["language"]], sheets)


if __name__ == "__main__":
    main()

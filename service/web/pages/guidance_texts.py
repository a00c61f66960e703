"""The text of a source document as an administrator sends it: pasted into a field, or as a file."""

from dataclasses import dataclass

from flask import request

from service.domain.errors import Fault
from service.domain.guidance.editing import document_fault
from service.domain.text import SHORT_LENGTH, fault_in
from service.web.pages.typed import Typed

TEXT, FILE = "-text", "-file"
"""The names of the fields; the dash keeps them from the schemas."""
PASTED = "text.txt"
"""What a text without a file is called."""


@dataclass(frozen=True, slots=True)
class SentText:
    """A text, and the name of the file that it came in."""

    text: str
    file: str


def sent_text(typed: Typed, on_file: str | None = None) -> tuple[SentText | None, Typed]:
    """What was sent, and the form with the text in its field; None where it cannot be taken, with the fault.

    A file stands as it is, but for a mark of the byte order before it, and goes before what was pasted.
    Browsers send other line ends than they were given: a text that has not changed otherwise is the one
    ``on_file``.
    """
    sent = request.files.get(FILE)
    if sent is not None and sent.filename:
        try:
            text = sent.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text:
            return None, typed.with_faults([*typed.faults, Fault(f"/{FILE}", "not_text", "Not UTF-8 text.")])
        found = SentText(text, _file_name(sent.filename))
    else:
        found = SentText(_as_on_file(typed.value(TEXT).replace("\r\n", "\n"), on_file), PASTED)
    filled = Typed({**typed.values, TEXT: found.text}, typed.faults)
    fault = document_fault(found.text)
    if fault is None:
        return found, filled
    return None, filled.with_faults([*filled.faults, Fault(f"/{TEXT}", fault.code, fault.detail)])


def _as_on_file(pasted: str, on_file: str | None) -> str:
    same = on_file is not None and on_file.replace("\r\n", "\n") == pasted
    return on_file if same and on_file is not None else pasted


def _file_name(sent: str) -> str:
    """The name without the folders that some browsers send; that of pasted texts where it has odd signs."""
    name = sent.replace("\\", "/").rpartition("/")[2]
    return PASTED if not name.strip() or fault_in(name, most=SHORT_LENGTH) else name

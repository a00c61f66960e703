"""The files that ``import fhir`` reads: one resource or Bundle each, or one a line."""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from service.formats.fhir.parsing import parse_fhir
from service.formats.json_text import BodyRefusedError

LINES = ".ndjson"
_SUFFIXES = (".json", LINES)
_AT_ONCE = 200
"""How many lines are taken in together: they can refer to each other, and make one version of a list."""
_ENTRY = re.compile(r"Bundle\.entry\[(\d+)\](?:\.resource)?")


@dataclass(frozen=True, slots=True)
class Part:
    """What is taken in at once: a file, one of its lines, or several as the entries of a Bundle.

    ``line`` is the number of the one, ``lines`` are those of the several; ``told`` those of which it was
    told before, which are there to be referred to. ``fault`` says why there is no document.
    """

    file: Path
    document: dict[str, Any] | None = None
    fault: str | None = None
    line: int | None = None
    lines: tuple[int, ...] = ()
    told: frozenset[int] = frozenset()

    def line_of(self, place: str) -> int | None:
        """The line that an entry came from; None in a file that is read whole."""
        found = _ENTRY.match(place)
        return self.lines[int(found[1])] if found and self.lines else self.line

    def within_line(self, place: str, resource_type: str) -> str:
        """A place as it is called in its line, where the resource stands by itself."""
        return _ENTRY.sub(resource_type or "Resource", place) if self.lines else place


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named, each once and in the order of their names."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= dict.fromkeys(
                one for one in sorted(path.rglob("*")) if one.suffix in _SUFFIXES and one.is_file()
            )
        else:
            found[path] = None
    return list(found)


def parts_of(file: Path, *, patients: bool) -> Iterator[Part]:
    """A file as a whole or, of one resource a line, some lines at a time. Never raises.

    Either the Patients that stand by themselves, or everything else: who is named in one file may stand in
    another, and is to be known before.
    """
    try:
        if file.suffix == LINES:
            yield from _lines_of(file, patients=patients)
        else:
            whole = _whole(file, file.read_bytes())
            yield from [whole] if _is_patient(whole) is patients else []
    except OSError as error:
        yield from [] if patients else [Part(file, fault=f"The file cannot be read: {error.strerror}.")]


def _is_patient(part: Part) -> bool:
    return part.document is not None and part.document.get("resourceType") == "Patient"


def _whole(file: Path, content: bytes, line: int | None = None) -> Part:
    try:
        return Part(file, parse_fhir(content.removeprefix(codecs.BOM_UTF8)), line=line)
    except BodyRefusedError as error:
        return Part(file, fault=error.detail, line=line)


def _lines_of(file: Path, *, patients: bool) -> Iterator[Part]:
    with file.open("rb") as opened:
        parts = (_whole(file, line, number) for number, line in enumerate(opened, 1) if line.strip())
        wanted = (part for part in parts if _is_patient(part) or not patients)
        while chunk := list(islice(wanted, _AT_ONCE)):
            told = frozenset(part.line or 0 for part in chunk if _is_patient(part) and not patients)
            if len(told) < len(chunk):
                yield from _together(file, chunk, told)


def _together(file: Path, parts: Iterable[Part], told: frozenset[int]) -> Iterator[Part]:
    """One batch of the lines that are resources; Bundles, and what cannot be read, by themselves."""
    entries, lines = [], []
    for part in parts:
        kind = part.document.get("resourceType") if part.document else None
        if part.document is None or part.line is None or kind == "Bundle":
            yield part
            continue
        entries.append({"resource": part.document, "request": {"method": "POST", "url": str(kind)}})
        lines.append(part.line)
    if entries:
        batch = {"resourceType": "Bundle", "type": "batch", "entry": entries}
        yield Part(file, batch, lines=tuple(lines), told=told)

"""The ZIP: its parts one after the other, each written as it comes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Self
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

RECORD_PAGE, RECORD_JSON, LIST_IN_FHIR, README = "record.html", "record.json", "fhir.json", "README.txt"
SHEETS = "sheets"
"""The folder of the sheets."""
STYLE = "sheet.css"
"""What the sheets that are pages look like; it stands beside them."""
_FOR_ITS_OWNER = 0o600 << 16


@dataclass(frozen=True, slots=True)
class SheetFile:
    """Where a sheet stands in the file; ``printed`` is false where it is a page for want of a PDF."""

    code: str
    name: str
    printed: bool

    @classmethod
    def of(cls, code: str, *, printed: bool) -> Self:
        """The file of the sheet with this code."""
        return cls(code, f"{SHEETS}/{code}.{'pdf' if printed else 'html'}", printed)


class Archive:
    """A ZIP, written into ``file``. All its parts bear one time: the same parts give the same bytes."""

    def __init__(self, file: IO[bytes], made_at: datetime) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED)
        self._made_at = made_at

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Add a part, which is never whole in memory."""
        info = ZipInfo(name, self._made_at.timetuple()[:6])
        info.compress_type, info.external_attr = ZIP_DEFLATED, _FOR_ITS_OWNER
        with self._zip.open(info, "w", force_zip64=True) as part:
            for chunk in chunks:
                part.write(chunk)

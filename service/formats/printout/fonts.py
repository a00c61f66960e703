"""The fonts of a sheet: those that come with the service first, then the machine's own."""

import atexit
import importlib
import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

import typst

FAMILIES = ("FiraGO", "Noto Sans", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Math")
_FACES = (
    "FiraGO_Regular",
    "FiraGO_Bold",
    "FiraGO_Italic",
    "FiraGO_BoldItalic",
    "NotoSans_Regular",
    "NotoSans_Bold",
    "NotoSansSymbols_Regular",
    "NotoSansSymbols2_Regular",
    "NotoSansMath_Regular",
)
FOLDER_VARIABLE = "SHEET_FONTS_FOLDER"
PAGE_FACES = ("FiraGO_Regular", "FiraGO_Bold")
"""What ``sheet.css`` loads, so that the page is printed as the PDF is, whatever fonts its reader has."""


@lru_cache(maxsize=2)
def font_set(*, system_fonts: bool = True) -> typst.Fonts:
    """All faces, searched once in a process; without ``system_fonts`` only those of the service itself."""
    return typst.Fonts(
        include_system_fonts=system_fonts, include_embedded_fonts=False, font_paths=[str(_unpacked())]
    )


@lru_cache(maxsize=1)
def fonts_folder() -> Path:
    """The directory for the faces as files: a typesetter is given one that it shares with others.

    Otherwise it is one that only this process's user can reach and that ends with it.
    """
    if given := os.environ.get(FOLDER_VARIABLE):
        return Path(given)
    folder, owner = Path(tempfile.mkdtemp(prefix="sheet-fonts-")), os.getpid()
    atexit.register(_remove, folder, owner)
    return folder


def _unpacked() -> Path:
    """The folder with all faces in it. They come compressed inside Python modules, and typst reads files."""
    folder = fonts_folder()
    for face in _FACES:
        file, part = folder / f"{face}.ttf", folder / f"{face}.{os.getpid()}"
        if file.exists():
            continue
        try:
            part.write_bytes(face_contents(face))
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
    return folder


def face_contents(face: str) -> bytes:
    """A face as the contents of a TrueType file."""
    contents: bytes = importlib.import_module(f"pymupdf_fonts.{face}").fontbuffer
    return contents


def _remove(folder: Path, owner: int) -> None:
    """A forked child shares the folder and leaves it to its parent."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)

"""Catalogues in other languages: gettext files in ``catalogues/``, read once, kept in step with English.

An entry is shown only where a person let it stand: it has a text, is not ``fuzzy``, translates the English of
today, and leaves the same places to fill.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, normalize, read_po

from service.domain.wording import ENGLISH, ENGLISH_CATALOGUE, SOURCE_LANGUAGE, Catalogue, Catalogues

FOLDER = Path(__file__).parent / "catalogues"
_LONGEST_LINE = 100
_WAS = "The English was: "


class CatalogueFileError(Exception):
    """A file that is no gettext catalogue; the message names it."""


@lru_cache(maxsize=1)
def shipped_catalogues() -> Catalogues:
    """The catalogues that come with the service, read once in a process."""
    return read_catalogues(FOLDER)


def read_catalogues(folder: Path) -> Catalogues:
    """English and every catalogue of the folder, by the files' names. Raises CatalogueFileError."""
    found = {path.stem: read_catalogue(path) for path in sorted(folder.glob("*.po"))}
    return {SOURCE_LANGUAGE: ENGLISH_CATALOGUE, **found}


def read_catalogue(path: Path) -> Catalogue:
    """One language's catalogue; where it lacks an entry that may be shown, the English stands."""
    shown = {key: str(m.string) for key, m in _messages(path).items() if not why_not_shown(key, m)}
    return Catalogue(path.stem, {**ENGLISH, **shown}, frozenset(ENGLISH.keys() - shown.keys()))


def why_not_shown(key: str, message: Message | None) -> str:
    """Why the English stands instead; empty where the translation is shown."""
    english = ENGLISH[key]
    if message is None or not isinstance(message.string, str) or not message.string.strip():
        return "is not translated"
    if message.fuzzy:
        return "is marked fuzzy"
    if message.id != english:
        return "translates an earlier English text"
    if _places(message.string) != _places(english):
        return "has other places to fill than the English text"
    return ""


def unshown_entries(path: Path) -> Mapping[str, str]:
    """The keys for which a file's English stands, each with the reason."""
    messages = _messages(path)
    reasons = {key: why_not_shown(key, messages.get(key)) for key in ENGLISH}
    return {key: reason for key, reason in reasons.items() if reason}


def file_in_step(path: Path) -> str:
    """What the file should hold: every key of today in the order of the source, changed ones marked fuzzy.

    A path without a file gives an empty catalogue. Comments are kept; nothing else that a tool might add is.
    """
    messages = _messages(path) if path.exists() else {}
    entries = (_entry(key, english, messages.get(key)) for key, english in ENGLISH.items())
    return "\n".join([_header(path.stem, _own_comments(path)), *entries])


def _entry(key: str, english: str, message: Message | None) -> str:
    string = message.string if message and isinstance(message.string, str) else ""
    stale = bool(message and string and message.id != english)
    fuzzy = bool(message and string and (message.fuzzy or stale))
    kept = [c for c in (message.user_comments if message else ()) if fuzzy or not c.startswith(_WAS)]
    lines = [f"# {comment}" for comment in kept if comment[:1] != "|"]
    lines += [f"# {_WAS}{message.id}"] if message and stale else []
    lines += ["#, fuzzy"] if fuzzy else []
    fields = (("msgctxt", key), ("msgid", english), ("msgstr", string))
    lines += [f"{name} {normalize(text, width=_LONGEST_LINE)}" for name, text in fields]
    return "\n".join(lines) + "\n"


def _header(language: str, comments: str) -> str:
    fields = f"Language: {language}\\n", "MIME-Version: 1.0\\n", "Content-Type: text/plain; charset=UTF-8\\n"
    return "\n".join([f'{comments}msgid ""', 'msgstr ""', *(f'"{field}"' for field in fields), ""])


def _own_comments(path: Path) -> str:
    """The comment at the head of the file, as it stands there."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    head = []
    for line in lines:
        if not line.startswith("#"):
            break
        head.append(f"{line}\n")
    return "".join(head)


def _messages(path: Path) -> Mapping[str, Message]:
    """The file's entries by key; of two with one key, the one that translates the English of today."""
    found: dict[str, Message] = {}
    for message in _read(path):
        key = str(message.context)
        if key in ENGLISH and (key not in found or message.id == ENGLISH[key]):
            found[key] = message
    return found


def _read(path: Path) -> Iterator[Message]:
    try:
        yield from read_po(BytesIO(path.read_bytes()), abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise CatalogueFileError(f"{path.name} is no gettext catalogue: {error}") from error


def _places(text: str) -> frozenset[str] | None:
    """The names of the places that a text leaves; None where it could not be filled."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return None
    if any(form or conversion for _, _, form, conversion in parts):
        return None
    return frozenset(place for _, place, _, _ in parts if place is not None)

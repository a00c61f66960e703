"""Systems of identifiers and codes whose name is no URI ("Ward book"), written so that R4 takes them.

R4 has no blank in a URI, and none but single ones inside a code. Such a name travels behind a prefix of our
own, with its blanks as percent signs and digits, and is read back as it was.
"""

import re
from urllib.parse import quote, unquote

from service.domain.codings import Coding
from service.domain.patients.patients import Identifier
from service.formats.fhir.codes import NAMED_SYSTEM

_PREFIX = f"{NAMED_SYSTEM}:"
_BLANK = re.compile(r"\s")
_CODE = re.compile(r"\S+( \S+)*")


def written_identifier(identifier: Identifier) -> dict[str, str]:
    """An Identifier of R4."""
    system = identifier.system
    return {"system": _named(system) if _needs_name(system) else system, "value": identifier.value}


def read_system(system: str) -> str:
    """The name of a system as it was before it was written."""
    return unquote(system.removeprefix(_PREFIX)) if system.startswith(_PREFIX) else system


def written_coding(coding: Coding) -> dict[str, str]:
    """A Coding of R4."""
    system, code = coding.system, coding.code
    if _needs_name(system) or not _CODE.fullmatch(code):
        system, code = _named(system), quote(code, safe="")
    said = {"system": system, "code": code}
    return {**said, "display": coding.display} if coding.display else said


def read_coding(system: str, code: str) -> tuple[str, str]:
    """The system and the code as they were before they were written."""
    return (read_system(system), unquote(code)) if system.startswith(_PREFIX) else (system, code)


def _needs_name(system: str) -> bool:
    return bool(_BLANK.search(system)) or system.startswith(_PREFIX)


def _named(system: str) -> str:
    return _PREFIX + quote(system, safe="")

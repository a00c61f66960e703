"""SMART scopes of a program: what of FHIR it may read and write, and which permissions that makes.

Source: SMART App Launch 2.2, "Scopes for requesting FHIR Resources" (version 2: ``system/Patient.rs``) and
"SMART v1 scopes" (``system/Patient.read``). Only the ``system`` context is known here: no person is present.
"""

import re
from dataclasses import dataclass
from types import MappingProxyType

ALL_RESOURCES = "*"
_LETTERS = "cruds"
_SCOPE = re.compile(r"system/(?P<resource>\*|[A-Z][A-Za-z]{1,63})\.(?P<letters>c?r?u?d?s?|read|write|\*)")
_VERSION_1 = MappingProxyType({"read": "rs", "write": "cud", "*": "cruds"})


@dataclass(frozen=True, slots=True)
class Scope:
    """One scope: a resource type, or ``*`` for all, and letters of ``cruds``.

    c create, r read, u update, d delete, s search.
    """

    resource: str
    letters: frozenset[str]

    def covers(self, resource: str, letter: str) -> bool:
        """Whether it lets a program do this to resources of this type."""
        return self.resource in (ALL_RESOURCES, resource) and letter in self.letters

    def shared_with(self, other: "Scope") -> "Scope | None":
        """What both of them cover, as one scope; None where that is nothing."""
        letters = self.letters & other.letters
        named = {self.resource, other.resource} - {ALL_RESOURCES}
        if not letters or len(named) > 1:
            return None
        return Scope(named.pop() if named else ALL_RESOURCES, letters)

    def __str__(self) -> str:
        """The scope in the words of version 2."""
        return f"system/{self.resource}.{''.join(letter for letter in _LETTERS if letter in self.letters)}"


def parse_scope(text: str) -> Scope | None:
    """Read a scope of version 1 or 2; None for any other text, and for one that grants nothing."""
    found = _SCOPE.fullmatch(text)
    if found is None or not found["letters"]:
        return None
    letters = _VERSION_1.get(found["letters"], found["letters"])
    return Scope(found["resource"], frozenset(letters))

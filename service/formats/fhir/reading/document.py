"""The resources of a document, and which of them a reference means."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.domain.attribution import CollectionMode, Informant
from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.notes import Notes

_TYPE_AND_ID = re.compile(r"(?:.*/)?([A-Z][A-Za-z]{1,63}/[A-Za-z0-9.-]{1,64})")
_HISTORY = "/_history/"
_VERSION = re.compile(rf"{_HISTORY}[^/]*\Z")
_SERVERS = ("http://", "https://")
_ABSOLUTE = (*_SERVERS, "urn:")
_ANY_SERVER = "*/"


@dataclass(frozen=True, slots=True)
class Sent:
    """A resource as it was sent. ``place`` is its FHIRPath."""

    place: str
    content: dict[str, Any]
    full_url: str | None = None

    @property
    def resource_type(self) -> str:
        """R4's name for what it is; empty where it does not say."""
        found = self.content.get("resourceType")
        return found if isinstance(found, str) else ""

    @property
    def own_id(self) -> str | None:
        """What the sender calls it."""
        found = self.content.get("id")
        return found if isinstance(found, str) and found else None


@dataclass(frozen=True, slots=True)
class Testimony:
    """What a Provenance says of another resource: how it was collected, who said it and who keyed it."""

    collection_mode: CollectionMode | None = None
    informant: Informant | None = None
    recorder: str | None = None


@dataclass(slots=True)
class Document:
    """Everything that was sent together; None stands where an entry has no resource.

    ``sender`` is the id of who sends it, ``base`` the address of our own FHIR face. The rest says what
    entries tell of each other, by number: which are deleted from a List, which medicines are used, and what
    Provenances say.
    """

    sent: Sequence[Sent | None]
    sender: str | None = None
    base: str | None = None
    deleted: frozenset[int] = frozenset()
    used_medicines: frozenset[int] = frozenset()
    testimonies: Mapping[int, Testimony] = field(default_factory=dict)
    _index: dict[str, list[int]] = field(init=False)
    _found: dict[tuple[str, str | None], int | None] = field(init=False)

    def __post_init__(self) -> None:
        self._index, self._found = {}, {}
        for number, one in enumerate(self.sent):
            for key in _keys(one) if one else ():
                self._index.setdefault(key, []).append(number)

    def find(self, reference: str, near: str | None = None) -> int | None:
        """The entry that a reference means; None where there is none, and where there are several.

        ``near`` is the address of the resource that refers: from there a relative reference goes to the same
        server, and never to a resource that another server calls by the same id.
        """
        sought = reference, near
        if sought not in self._found:
            self._found[sought] = self._find(reference, near)
        return self._found[sought]

    def _find(self, reference: str, near: str | None) -> int | None:
        plain = _plain(reference)
        if plain.startswith(_ABSOLUTE):
            return self._only(plain)
        if near is not None and near.startswith(_SERVERS):
            own = _TYPE_AND_ID.fullmatch(near)
            found = self._only(f"{near[: own.start(1)]}{plain}") if own else None
            return self._only(plain) if found is None else found
        return self._only(plain, f"{_ANY_SERVER}{plain}")

    def _only(self, *keys: str) -> int | None:
        numbers = [number for key in keys for number in self._index.get(key, ())]
        if len(numbers) < 2:  # noqa: PLR2004 -- most references mean one entry or none
            return numbers[0] if numbers else None
        contents = [one.content for number in numbers if (one := self.sent[number])]
        return numbers[0] if all(content == contents[0] for content in contents) else None

    def of_type(self, resource_type: str) -> "Iterator[Entry]":
        """The entries of one type, each to be read."""
        for number, one in enumerate(self.sent):
            if one is not None and one.resource_type == resource_type:
                yield Entry(self, number, one)


class Entry:
    """One resource while it is read, with what is found wrong in it."""

    __slots__ = ("document", "notes", "number", "root", "sent")

    def __init__(self, document: Document, number: int, sent: Sent) -> None:
        self.document = document
        self.number = number
        self.sent = sent
        self.notes = Notes()
        self.root = Element(sent.content, sent.place, self.notes)

    def find(self, reference: str) -> Sent | None:
        """The resource that a reference means, in this one or beside it."""
        if reference.startswith("#"):
            return self._contained(reference[1:])
        number = self.document.find(reference, self.sent.full_url)
        return None if number is None else self.document.sent[number]

    def _contained(self, own_id: str) -> Sent | None:
        contained = self.root.content.get("contained")
        for position, one in enumerate(contained if isinstance(contained, list) else ()):
            if own_id and isinstance(one, dict) and one.get("id") == own_id:
                return Sent(f"{self.root.at('contained')}[{position}]", one)
        return None


def tail(reference: str) -> str | None:
    """Type and id at the end of a reference, such as ``Patient/1``; None where it has no such end."""
    found = _TYPE_AND_ID.fullmatch(_plain(reference))
    return found[1] if found else None


def _keys(sent: Sent) -> set[str]:
    """What a resource is found by: its address, and its type and id, on a server where it has one."""
    plain = _plain(sent.full_url or "")
    server = _ANY_SERVER if plain.startswith(_SERVERS) else ""
    own = {f"{server}{sent.resource_type}/{sent.own_id}"} if sent.own_id else set()
    if not plain.strip(_ANY_SERVER):
        return own
    end = tail(plain)
    return {*own, plain, f"{server}{end}"} if end else {*own, plain}


def _plain(reference: str) -> str:
    """A reference without a version; a UUID's letters are the same in capitals."""
    plain = _VERSION.sub("", reference) if _HISTORY in reference else reference
    return plain.lower() if plain.startswith("urn:uuid:") else plain

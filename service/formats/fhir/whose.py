"""Whose records a search is about, and which page of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from service.formats.fhir.codes import PATIENT_ID
from service.formats.fhir.ids import ListId, read_list_id, read_provenance_id, read_uuid
from service.formats.fhir.named_systems import read_system
from service.formats.fhir.searching import Search, refused, token

_CURSOR = re.compile(r"(?P<version>[1-9][0-9]{0,8})\.(?P<offset>[0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Sought:
    """Whose lists are looked through: patients, and the patients who have these items.

    ``version`` is that of the list whose first pages were read before; None is the latest. ``offset`` counts
    the results on those pages.
    """

    patient_ids: tuple[UUID, ...] = ()
    item_ids: tuple[UUID, ...] = ()
    version: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class PatientsSought:
    """Patients by id, and by identifier: a system, None for any, and a value."""

    ids: tuple[UUID, ...]
    identifiers: tuple[tuple[str | None, str], ...]


def sought_in(search: Search) -> Sought:
    """Whose lists a search for items, Lists or Provenances is about.

    Raises SearchRefusedError for one that is about nobody or about more than one patient by name, and for a
    cursor that is none of ours.
    """
    version, offset = place_in(search)
    named = {value.removeprefix("Patient/") for value in search.values("patient", "subject")}
    if len(named) > 1:
        raise refused("patient", "names more than one patient; ask for one at a time.")
    if named:
        patient_id = read_uuid(named.pop())
        return Sought((patient_id,) if patient_id else (), (), version, offset)
    if not search.asks("_id", "target"):
        raise refused("patient", "is needed: nothing is searched over all patients.")
    values = search.values("_id") or search.values("target")
    owners = [owner for value in values for owner in _owners(value)]
    return Sought(
        tuple(one.patient_id for one in owners if isinstance(one, ListId)),
        tuple(one for one in owners if isinstance(one, UUID)),
        version,
        offset,
    )


def patients_in(search: Search) -> PatientsSought | None:
    """Who may be meant by a search for patients, to be looked at with ``Search.fits``; None: all of them."""
    if not search.asks("_id", "identifier"):
        return None
    tokens = [token(value) for value in search.values("identifier")]
    named = [(read_system(system) if system else system, value) for system, value in tokens]
    ids = search.values("_id") if not named else [value for system, value in named if system == PATIENT_ID]
    return PatientsSought(
        tuple(found for value in ids if (found := read_uuid(value))),
        tuple(one for one in named if one[0] != PATIENT_ID),
    )


def after_in(search: Search) -> UUID | None:
    """The patient after whom a page of patients goes on. Raises SearchRefusedError."""
    if search.cursor is None:
        return None
    after = read_uuid(search.cursor)
    if after is None:
        raise refused("_cursor", "is no cursor of this service.")
    return after


def place_in(search: Search) -> tuple[int | None, int]:
    """The version of the list that a page is of, and how many results stand before it.

    Raises SearchRefusedError for a cursor that is none of ours.
    """
    if search.cursor is None:
        return None, 0
    place = _CURSOR.fullmatch(search.cursor)
    if place is None:
        raise refused("_cursor", "is no cursor of this service.")
    return int(place["version"]), int(place["offset"])


def cursor_at(version: int, offset: int) -> str:
    """Where the next page of the results from a version of a list begins."""
    return f"{version}.{offset}"


def _owners(value: str) -> Iterator[UUID | ListId]:
    """The item or the List that an id or a reference leads to; nothing where it leads nowhere."""
    plain = value.rpartition("/")[2]
    provenance = read_provenance_id(plain)
    found = provenance.of if provenance else read_uuid(plain) or read_list_id(plain)
    if found:
        yield found

"""What was just kept, as it is to be read again: for clients that want it back in the answer."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import UUID

from service.actions import exports
from service.actions.work import Work
from service.domain.access.clinics import ItemExport
from service.domain.access.permissions import Actor, Permission
from service.formats.fhir.ids import read_list_id
from service.formats.fhir.writing.elements import Element
from service.formats.fhir.writing.items import RESOURCE_TYPES, write_item
from service.formats.fhir.writing.lists import write_list
from service.formats.fhir.writing.patients import write_patient


def representation(work: Work, location: str) -> Element | None:
    """The resource at ``Type/id``; None where the actor may write it and not read it."""
    kind, _, own_id = location.partition("/")
    permission, written = _WRITERS[kind]
    return written(work, kind, own_id) if _may_read(work.actor, permission, kind) else None


def _may_read(actor: Actor, permission: Permission, kind: str) -> bool:
    covered = actor.scopes is None or any(scope.covers(kind, "r") for scope in actor.scopes)
    return covered and actor.may(permission)


def _patient(work: Work, _: str, own_id: str) -> Element:
    found = exports.export_patient(work, UUID(own_id))
    return write_patient(found.patient, found.updated_at)


def _item(work: Work, kind: str, own_id: str) -> Element | None:
    medications = exports.export_list_of_item(work, UUID(own_id), f"{kind}/{own_id}").lists[0]
    item = medications.item(UUID(own_id))
    return write_item(item, medications, _STYLES[kind]) if item else None


def _list(work: Work, kind: str, own_id: str) -> Element | None:
    named = read_list_id(own_id)
    if named is None:
        return None
    found = exports.export_list(work, named.patient_id, f"{kind}/{own_id}")
    style, none_style = found.clinic.item_export, found.clinic.none_export
    return write_list(found.lists[0], named.category, style, none_style)


_STYLES: Mapping[str, ItemExport] = MappingProxyType({kind: style for style, kind in RESOURCE_TYPES.items()})
_WRITERS: Mapping[str, tuple[Permission, Callable[[Work, str, str], Element | None]]] = MappingProxyType(
    {
        "Patient": (Permission.READ_PATIENTS, _patient),
        **dict.fromkeys(RESOURCE_TYPES.values(), (Permission.READ_LISTS, _item)),
        "List": (Permission.READ_LISTS, _list),
    }
)

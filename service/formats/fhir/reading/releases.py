"""Resources of other releases of FHIR, known by what R4 does not have; they are refused, not half read.

Source: the definitions of DSTU2 (1.0.2), STU3 (3.0.2), R4 (4.0.1) and R5 (5.0.0).
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from service.formats.fhir.reading.elements import Element

_DSTU2, _STU3, _R5 = "a DSTU2", "an STU3", "an R5"
_Shape = tuple[str, str, Callable[[Any], bool]]

RESOURCES: Mapping[str, str] = MappingProxyType(
    {"MedicationPrescription": "a DSTU1", "MedicationOrder": _DSTU2, "MedicationUsage": _R5}
)
"""Resource types that R4 has under another name, and the release that they are of."""


def _there(_: Any) -> bool:
    return True


def _a_list(value: Any) -> bool:
    return isinstance(value, list)


def _an_object(value: Any) -> bool:
    return isinstance(value, dict)


def _a_text(value: Any) -> bool:
    return isinstance(value, str)


def _with_agent(value: Any) -> bool:
    return isinstance(value, dict) and "agent" in value


def _one_of(*words: str) -> Callable[[Any], bool]:
    return lambda value: value in words


_SHAPES: Mapping[str, tuple[_Shape, ...]] = MappingProxyType(
    {
        "MedicationStatement": (
            *((name, _DSTU2, _there) for name in ("wasNotTaken", "patient", "reasonForUseCodeableConcept")),
            ("reasonForUseReference", _DSTU2, _there),
            ("note", _DSTU2, _a_text),
            ("taken", _STU3, _there),
            ("reasonNotTaken", _STU3, _there),
            *((name, _R5, _there) for name in ("medication", "reason", "adherence", "encounter")),
            *((name, _R5, _there) for name in ("renderedDosageInstruction", "relatedClinicalInformation")),
            *((name, _R5, _a_list) for name in ("category", "informationSource")),
            ("status", _R5, _one_of("recorded", "draft")),
        ),
        "MedicationRequest": (
            ("definition", _STU3, _there),
            ("context", _STU3, _there),
            ("category", _STU3, _an_object),
            ("requester", _STU3, _with_agent),
            *((name, _R5, _there) for name in ("medication", "reason", "reported", "informationSource")),
            *((name, _R5, _there) for name in ("renderedDosageInstruction", "effectiveDosePeriod", "device")),
            ("status", _R5, _one_of("ended")),
        ),
        "Medication": (
            ("product", _DSTU2, _there),
            *((name, _STU3, _there) for name in ("isBrand", "isOverTheCounter", "package")),
            *((name, _R5, _there) for name in ("doseForm", "totalVolume", "marketingAuthorizationHolder")),
        ),
        "List": (("note", _DSTU2, _a_text),),
        "Patient": (("careProvider", _DSTU2, _there), ("animal", _STU3, _there)),
    }
)
# Inside lists of a resource, by the name of the list.
_INNER_SHAPES: Mapping[str, tuple[_Shape, ...]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("dosage", "dosageInstruction"),
            (
                *((name, _DSTU2, _there) for name in ("quantityQuantity", "quantityRange")),
                *((name, _STU3, _there) for name in ("doseQuantity", "doseRange")),
                *((name, _STU3, _there) for name in ("rateRatio", "rateRange", "rateQuantity")),
            ),
        ),
        "ingredient": (("item", _R5, _there),),
        "name": (("family", _DSTU2, _a_list),),
    }
)


def refuse_unreadable(root: Element, resource_type: str) -> bool:
    """Refuse a resource that must not be read by R4's rules alone; True where it is refused."""
    root.refuse_modifiers()
    if root.content.get("implicitRules"):
        detail = "It is to be read by rules of its own, which are not known here."
        root.notes.refuse(root.at("implicitRules"), "not-supported", detail)
        return True
    found = next(_other_shapes(root, resource_type), None)
    if found is None:
        return root.notes.refused
    place, name, release = found
    detail = f"This is {release} {resource_type}: R4 has no such `{name}`. Send it as R4 (4.0.1)."
    root.notes.refuse(place, "not-supported", detail)
    return True


def _other_shapes(root: Element, resource_type: str) -> Iterator[tuple[str, str, str]]:
    for name, release in _matching(root.content, _SHAPES.get(resource_type, ())):
        yield root.at(name), name, release
    for outer, shapes in _INNER_SHAPES.items():
        inside = root.content.get(outer)
        for position, one in enumerate(inside if isinstance(inside, list) else ()):
            for name, release in _matching(one, shapes) if isinstance(one, dict) else ():
                yield f"{root.at(outer)}[{position}].{name}", name, release


def _matching(content: dict[str, Any], shapes: tuple[_Shape, ...]) -> Iterator[tuple[str, str]]:
    for name, release, matches in shapes:
        if name in content and content[name] is not None and matches(content[name]):
            yield name, release

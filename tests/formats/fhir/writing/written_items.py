"""An item with every fact there is, and items as they are written."""

from typing import Any

from service.domain.access.clinics import ItemExport
from service.domain.codings import Coding
from service.domain.medications.categories import Category
from service.domain.medications.items import Item
from service.domain.text import PartialDate
from service.formats.fhir.writing.items import write_item
from tests.domain.made_up import item, listing
from tests.formats.fhir.writing.r4 import check

STATEMENT, REQUEST = ItemExport.MEDICATION_STATEMENT, ItemExport.MEDICATION_REQUEST
OWN = "urn:medication-checklist"
WHOLE = item(
    1,
    description="the white one",
    category=Category.OVER_THE_COUNTER,
    strength="1.50 mg",
    form="drops",
    dosage_text="2 drops",
    route="by mouth",
    frequency="in the morning",
    as_needed=False,
    reason="sleep",
    last_taken="last Tuesday",
    started_on=PartialDate(2026),
    stopped_on=PartialDate(2027, 3),
    prescriber="my sister",
    note="at noon\nor later",
    codings=(Coding("urn:codes", "12", "water"), Coding("urn:codes", "13")),
)


def written(one: Item, style: ItemExport = STATEMENT) -> dict[str, Any]:
    resource = write_item(one, listing(one, version=3), style)
    check(resource)
    return resource


def extensions(resource: dict[str, Any]) -> dict[str, Any]:
    return {
        one.pop("url").removeprefix(f"{OWN}:extension:"): next(iter(one.values()))
        for one in (dict(extension) for extension in resource.get("extension", []))
    }

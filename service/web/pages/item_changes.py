"""What the forms of an item share: the item on its list, and a change of it as it was sent."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from service.actions import medications as actions
from service.actions.work import Work
from service.domain.errors import NotFoundError
from service.domain.medications.items import Item, Status
from service.web.current import run
from service.web.pages.changing import Refusal
from service.web.pages.charts import Chart, read_chart
from service.web.sent_items import attribution_of, facts_of

SHOWN = Refusal(200)
"""A form that is shown for the first time."""


def change_item(
    work: Work, patient_id: UUID, item_id: UUID, sent: Mapping[str, Any], version: int
) -> actions.ListAndGaps:
    """Change an item by what a form sent, made from a version of the list."""
    facts, attribution = facts_of(sent), attribution_of(work, sent)
    return actions.change_item_by_form(work, patient_id, item_id, facts, attribution, made_from=version)


def chart_with(patient_id: UUID, item_id: UUID) -> tuple[Chart, Item]:
    """The patient's list and one item of it. Raises NotFoundError for one that was entered in error."""
    chart = run(lambda work: read_chart(work, patient_id))
    item = chart.medications.item(item_id)
    if item is None or item.facts.status is Status.ENTERED_IN_ERROR:
        raise NotFoundError("There is no such item.")
    return chart, item

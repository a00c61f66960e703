"""Items that may be the same one, side by side with all their facts; nothing is merged for anybody."""

from uuid import UUID

from flask import Response

from service.domain.access.permissions import Permission
from service.domain.checklists.record_texts import item_numbers
from service.domain.medications.alike import alike_items
from service.web.current import run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.charts import alike_text, read_chart, render_of_patient

pages = Pages("alike", __name__, url_prefix="/patients/<uuid:patient_id>/alike")


@pages.get("")
@page_needs(Permission.READ_LISTS)
def get_alike(patient_id: UUID) -> Response:
    """Every group of items that have a name or a code in common."""
    chart = run(lambda work: read_chart(work, patient_id))
    return render_of_patient(
        "patient_alike",
        200,
        chart.patient,
        groups=[(alike_text(one, chart), one.items) for one in alike_items(chart.medications)],
        numbers=item_numbers(chart.medications),
    )

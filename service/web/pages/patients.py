"""One patient's page: who it is, what is still to ask, and the list with who said each item."""

from uuid import UUID

from flask import Response

from service.domain.access import Permission
from service.domain.record_texts import item_numbers
from service.web.current import run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.charts import gap_texts, read_chart, render_of_patient

pages = Pages("patients", __name__, url_prefix="/patients")


@pages.get("/<uuid:patient_id>")
@page_needs(Permission.READ_LISTS)
def get_patient(patient_id: UUID) -> Response:
    """The patient with the latest list; what is still to ask stands first."""
    chart = run(lambda work: read_chart(work, patient_id))
    return render_of_patient(
        "patient_list",
        200,
        chart.patient,
        chart=chart,
        medications=chart.medications,
        gaps=gap_texts(chart),
        numbers=item_numbers(chart.medications),
    )

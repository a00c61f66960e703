"""The file for a patient who asks for their data: what is in it, and the file itself."""

from uuid import UUID

from flask import Response

from service.actions import patients as actions
from service.domain.access.permissions import Permission
from service.web.current import run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.charts import render_of_patient
from service.web.patient_data import file_response

pages = Pages("patient_data", __name__, url_prefix="/patients/<uuid:patient_id>")


@pages.get("/own-data")
@page_needs(Permission.EXPORT_PATIENT_DATA)
def get_own_data(patient_id: UUID) -> Response:
    """What the file holds, and the button that makes it."""
    patient = run(lambda work: actions.get_patient(work, patient_id))
    return render_of_patient("patient_data", 200, patient)


@pages.get("/own-data.zip")
@page_needs(Permission.EXPORT_PATIENT_DATA)
def get_file(patient_id: UUID) -> Response:
    """The file to download; that it was made is on record like every read."""
    return file_response(patient_id)

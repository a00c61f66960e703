"""What is kept of a patient over HTTP, as a file for the patient who asks for it."""

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, cast
from uuid import UUID

from flask import Response

from service.domain.access.permissions import Permission
from service.web.auth import needs
from service.web.blueprint import Blueprint
from service.web.current import door
from service.web.fhir.searches import fhir_base
from service.web.patient_file import ZIP, file_name, write_patient_file

blueprint = Blueprint("patient_data", __name__, url_prefix="/v1/patients", description="Patients")
_MOST_IN_MEMORY = 8 * 1024 * 1024
_AT_ONCE = 1 << 16


@blueprint.route("/<uuid:patient_id>/export", methods=["GET"])
@needs(Permission.EXPORT_PATIENT_DATA)
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type=ZIP)
def get_export(patient_id: UUID) -> Response:
    """Everything that is kept of a patient, as a ZIP to hand to the patient."""
    return file_response(patient_id)


def file_response(patient_id: UUID) -> Response:
    """The file to download, kept nowhere. Raises NotFoundError."""
    with ExitStack() as open_files:
        # A small one needs no disk, which may be full.
        spooled = open_files.enter_context(SpooledTemporaryFile(_MOST_IN_MEMORY))
        file = cast("IO[bytes]", spooled)
        made_at = write_patient_file(door(), patient_id, fhir_base(), file)
        headers = {
            "Content-Length": str(file.tell()),
            "Content-Disposition": f'attachment; filename="{file_name(made_at)}"',
            "Cache-Control": "no-store",
        }
        file.seek(0)
        until_sent = open_files.pop_all()
        response = Response(_sent(file, until_sent), content_type=ZIP, headers=headers)
        response.call_on_close(until_sent.close)
        return response


def _sent(file: IO[bytes], open_files: ExitStack) -> Iterator[bytes]:
    with open_files:
        while block := file.read(_AT_ONCE):
            yield block

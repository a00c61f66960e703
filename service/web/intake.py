"""The main job over HTTP: a posted list, kept and answered with a receipt or a checklist."""

from typing import Any

from flask import Response

from service.actions.intake import Intake, IntakeReceipt, submit_intake
from service.domain.access.permissions import Permission
from service.domain.checklists.gaps import gap_document
from service.domain.checklists.short_code import printed
from service.web.auth import needs
from service.web.blueprint import Blueprint
from service.web.checklists import links
from service.web.current import run_once
from service.web.replies import reply
from service.web.reply_schemas.intake import IntakeReply
from service.web.schemas.intake import IntakeSchema

blueprint = Blueprint("intake", __name__, url_prefix="/v1/intake", description="Intake forms")


@blueprint.route("", methods=["POST"])
@needs(Permission.SUBMIT_INTAKE)
@blueprint.arguments(IntakeSchema)
@blueprint.response(201, IntakeReply)
def post_intake(intake: Intake) -> Response:
    """Post a patient's whole list; name a treatment to have a checklist issued from it."""
    return run_once(lambda work: reply(_receipt(submit_intake(work, intake)), 201))


def _receipt(receipt: IntakeReceipt) -> dict[str, Any]:
    issued = receipt.checklist
    return {
        "patient_id": str(receipt.patient.id),
        "medication_list": {"version": receipt.medications.version, "changed": receipt.changed},
        "gaps": [gap_document(gap) for gap in receipt.gaps],
        "checklist": {
            "id": str(issued.id),
            "code": printed(issued.code),
            "status": issued.state.status.value,
            "links": links(issued.id),
        }
        if issued
        else None,
    }

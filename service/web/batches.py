"""Print batches over HTTP: a day's sheets, or the named ones, as one PDF."""

import orjson
from flask import Response

from service.actions import batches as actions
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.checklists.batches import BatchRequest, plan_document, plan_from
from service.store.idempotency import Reply
from service.web.auth import needs
from service.web.blueprint import Blueprint
from service.web.current import house, run, run_once_for
from service.web.figures import figures
from service.web.printing import PDF, file_name, print_batch
from service.web.replies import reply
from service.web.schemas.batches import BatchRequestSchema

blueprint = Blueprint("batches", __name__, url_prefix="/v1", description="Print batches")


@blueprint.route("/print-batches", methods=["POST"])
@needs(Permission.READ_CHECKLISTS)
@blueprint.arguments(BatchRequestSchema)
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type=PDF)
def post_print_batch(wanted: BatchRequest) -> Response:
    """Print a day's sheets, or the named ones, in one PDF behind a cover for staff.

    What is kept under an Idempotency-Key is which sheets were chosen; the PDF is made from them again.
    """

    def act(work: Work) -> Reply:
        return reply(plan_document(actions.plan_batch(work, wanted)))

    plan = plan_from(orjson.loads(run_once_for(act).body))
    batch = run(lambda work: actions.gather_batch(work, plan))
    return pdf_response(batch)


def pdf_response(batch: actions.Batch) -> Response:
    """A batch, printed, to download; kept nowhere. Raises PressError."""
    with figures().print_batches.track_inprogress():
        pdf = print_batch(batch, house().catalogues).pdf
    disposition = f'attachment; filename="{file_name(batch)}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(pdf, content_type=PDF, headers=headers)

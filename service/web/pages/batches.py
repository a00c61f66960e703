"""Print many sheets at once: the chosen ones, or a day's, as one PDF to download."""

from flask import Response

from service.actions import batches as actions
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.checklists.batches import BatchRequest, NothingPlannedError
from service.domain.errors import Fault
from service.formats.printout import PressError
from service.web.batches import pdf_response
from service.web.current import run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.rendering import render
from service.web.pages.typed import Typed, load, typed_now
from service.web.schemas.batches import BatchRequestSchema

pages = Pages("batches", __name__)


@pages.post("/print-batches")
@page_needs(Permission.READ_CHECKLISTS)
def post_batch() -> Response:
    """Print what was chosen; sheets that fail are named on the cover, which is printed all the same."""
    wanted, typed = load(BatchRequestSchema, typed_now(), "renew")
    if wanted is None:
        return _again(typed, 422)
    try:
        batch = run(lambda work: _gathered(work, wanted))
        return pdf_response(batch)
    except NothingPlannedError as error:
        return _again(typed.with_faults([Fault("/date", error.code, error.detail)]), 404)
    except PressError as error:
        return _again(typed.with_faults([Fault("", "not_printed", str(error))]), 503)


def _gathered(work: Work, wanted: BatchRequest) -> actions.Batch:
    return actions.gather_batch(work, actions.plan_batch(work, wanted))


def _again(typed: Typed, status: int) -> Response:
    """The choice as it was made, to be mended or sent again."""
    chosen = {name: value for name, value in typed.values.items() if name.startswith("checklists/")}
    return render("print_batch", status, typed=typed, chosen=chosen)

"""The look-up of a paper's code: what has become of the sheet, in one word first."""

from flask import Response, request

from service.actions.checklists import IssuedChecklist, get_checklist_by_code
from service.domain.access.permissions import Permission
from service.domain.checklists.checklist import ChecklistStatus
from service.domain.checklists.guidance_today import guidance_to_tell, is_retired, worst_of
from service.domain.checklists.short_code import MistypedCodeError
from service.domain.checklists.state import state_document
from service.domain.errors import Fault, NotFoundError
from service.web.current import run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.checklist_view import in_own_words
from service.web.pages.rendering import page_words, render
from service.web.pages.typed import Typed

pages = Pages("codes", __name__)


@pages.get("/code")
@page_needs(Permission.READ_CHECKLISTS)
def get_code() -> Response:
    """The form and, where a code was typed or scanned, what has become of its sheet."""
    typed = Typed({"code": request.args.get("code", "").strip()})
    if "code" not in request.args:
        return _form(typed)
    if not typed.value("code"):
        return _form(typed, "required", 422)
    try:
        found = run(lambda work: get_checklist_by_code(work, typed.value("code")))
    except MistypedCodeError:
        return _form(typed, "code_mistyped", 422)
    except NotFoundError:
        return _form(typed, "code_unknown", 404)
    return _answer(found)


def _form(typed: Typed, fault: str | None = None, status: int = 200) -> Response:
    faults = (Fault("/code", fault, ""),) if fault else ()
    return render("code", status, typed=typed.with_faults(faults))


def _answer(found: IssuedChecklist) -> Response:
    document, state = found.document, state_document(found.state, page_words())
    told = guidance_to_tell(document, state)
    answer_key = f"code_page.{found.state.status}"
    if found.state.status is ChecklistStatus.CURRENT and told:
        answer_key = f"guidance_status.{worst_of(told)}"
    return render(
        "code_answer",
        typed=Typed(),
        sheet=document,
        state=state,
        answer_key=answer_key,
        told=told,
        is_retired=is_retired(state),
        own=in_own_words,
    )

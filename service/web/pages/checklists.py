"""One checklist: the page to mark and sign it, its sheet to print, and how it is issued and taken back."""

from collections.abc import Mapping
from urllib.parse import urlsplit
from uuid import UUID

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions import checklists as actions
from service.actions import guidance as guidance_actions
from service.actions.issuing import issue_checklist
from service.actions.patients import get_patient
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.checklists.short_code import printed
from service.domain.checklists.state import state_document
from service.domain.errors import DomainError, Fault
from service.domain.patients.patients import Paper, PrintSize
from service.formats.printout import PageControls, UnprintableError, sheet_html
from service.web.current import house, run
from service.web.faults import faults_of
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.charts import render_of_patient
from service.web.pages.checklist_view import show_checklist
from service.web.pages.once import run_form_once
from service.web.pages.rendering import page_words, render, say
from service.web.pages.typed import Typed, load, typed_now
from service.web.printing import print_sheet
from service.web.schemas.checklists import ChecklistRequestSchema, WithdrawalSchema

pages = Pages("checklists", __name__)
TYPED_BEFORE = "-typed/"
"""What the names of fields begin with that carry what was typed on an old sheet to the new one."""
# What a paper is called in every language.
_PAPERS = ((Paper.A4.value, "A4"), (Paper.LETTER.value, "Letter"))


@pages.get("/checklists/<uuid:checklist_id>")
@page_needs(Permission.READ_CHECKLISTS)
def get_checklist(checklist_id: UUID) -> Response:
    """The checklist, to be marked and signed."""
    return show_checklist(checklist_id)


@pages.post("/patients/<uuid:patient_id>/checklists")
@page_needs(Permission.ISSUE_CHECKLISTS)
def post_checklist(patient_id: UUID) -> AnyResponse:
    """Issue a checklist and lead to it, with what was typed on an old sheet meanwhile."""
    typed = typed_now()
    wanted, typed = load(ChecklistRequestSchema, typed)
    if wanted is None:
        return _new_checklist(patient_id, typed, 422)

    def act(work: Work) -> str:
        issued = issue_checklist(work, patient_id, wanted)
        return url_for("pages_checklists.get_checklist", checklist_id=issued.id)

    try:
        led = run_form_once(act)
    except DomainError as error:
        if not faults_of(error):
            raise
        return _new_checklist(patient_id, typed.with_faults(faults_of(error)), 422)
    say("checklist_page.was_issued")
    before = _typed_before(typed.values)
    if not before:
        return led
    return show_checklist(UUID(urlsplit(led.location or "").path.rpartition("/")[2]), Typed(before))


@pages.get("/checklists/<uuid:checklist_id>/sheet")
@page_needs(Permission.READ_CHECKLISTS)
def get_sheet(checklist_id: UUID) -> Response:
    """The sheet as a page that prints as the sheet."""
    issued = run(lambda work: actions.get_checklist(work, checklist_id, printed=True))
    words = page_words()
    html = sheet_html(
        issued.document,
        state_document(issued.state, issued.words),
        issued.words,
        stylesheet_url=url_for("assets.get_stylesheet"),
        controls=PageControls(
            language=words.language,
            print_label=words.text("checklist_page.print_now"),
            back_label=words.text("checklist_page.back"),
            back_url=url_for("pages_checklists.get_checklist", checklist_id=checklist_id),
            script_url=url_for("assets.get_page_file", name="pages.js"),
        ),
    )
    return _kept_nowhere(Response(html, content_type="text/html; charset=utf-8"))


@pages.get("/checklists/<uuid:checklist_id>/sheet.pdf")
@page_needs(Permission.READ_CHECKLISTS)
def get_sheet_pdf(checklist_id: UUID) -> Response:
    """The sheet as a PDF; where a letter has no font, a page that says which."""
    issued = run(lambda work: actions.get_checklist(work, checklist_id, printed=True))
    try:
        pdf = print_sheet(issued)
    except UnprintableError as error:
        return render("checklist_unprintable", 409, error=error, checklist_id=checklist_id)
    made = Response(pdf, content_type="application/pdf")
    made.headers["Content-Disposition"] = f'inline; filename="checklist-{printed(issued.code)}.pdf"'
    return _kept_nowhere(made)


@pages.get("/checklists/<uuid:checklist_id>/withdraw")
@page_needs(Permission.WITHDRAW_CHECKLISTS)
def get_withdraw(checklist_id: UUID) -> Response:
    """Ask why a sheet is taken back, before it is."""
    return _withdraw(checklist_id, Typed())


@pages.post("/checklists/<uuid:checklist_id>/withdraw")
@page_needs(Permission.WITHDRAW_CHECKLISTS)
def post_withdraw(checklist_id: UUID) -> AnyResponse:
    """Take a sheet back, with the reason."""
    sent, typed = load(WithdrawalSchema, typed_now())
    if sent is None:
        return _withdraw(checklist_id, typed, 422)

    def act(work: Work) -> str:
        actions.withdraw_checklist(work, checklist_id, sent["reason"])
        return url_for("pages_checklists.get_checklist", checklist_id=checklist_id)

    led = run_form_once(act)
    say("checklist_page.was_withdrawn")
    return led


def _withdraw(checklist_id: UUID, typed: Typed, status: int = 200) -> Response:
    issued = run(lambda work: actions.get_checklist(work, checklist_id, printed=False))
    return render("checklist_withdraw", status, typed=typed, document=issued.document)


def _new_checklist(patient_id: UUID, typed: Typed, status: int) -> Response:
    patient = run(lambda work: get_patient(work, patient_id))
    treatments = run(guidance_actions.list_treatments)
    # Where several are offered, they are ticked in another field than a single one is chosen in.
    field = "/treatments" if len(treatments) > 1 else "/treatment"
    return render_of_patient(
        "checklist_new",
        status,
        patient,
        typed=typed.with_faults(_at_choice(fault, field) for fault in typed.faults),
        treatments=[(one.guidance.treatment.id, one.guidance.treatment.name) for one in treatments],
        tags=sorted(house().catalogues),
        papers=_PAPERS,
        sizes=list(PrintSize),
    )


def _at_choice(fault: Fault, field: str) -> Fault:
    """A fault of the treatments as one of the field that they are chosen in."""
    if fault.pointer not in ("/treatment", "/treatments"):
        return fault
    return Fault(field, "choice" if fault.code == "required" else fault.code, fault.detail)


def _typed_before(values: Mapping[str, str]) -> dict[str, str]:
    start = len(TYPED_BEFORE)
    return {name[start:]: value for name, value in values.items() if name.startswith(TYPED_BEFORE)}


def _kept_nowhere(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response

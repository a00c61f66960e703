"""Checklists over HTTP: one checklist as JSON, as a page and as a PDF."""

from typing import Any
from uuid import UUID

import orjson
from flask import Response, request, url_for
from werkzeug.exceptions import NotAcceptable

from service.actions import checklists as actions
from service.actions.checklists import IssuedChecklist
from service.actions.issuing import ChecklistRequest, issue_checklist
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.checklists.guidance_today import guidance_today_document
from service.domain.checklists.short_code import printed
from service.domain.checklists.state import state_document
from service.formats.printout import sheet_html
from service.store.checklists import StoredChecklist
from service.store.idempotency import Reply
from service.web.auth import needs
from service.web.blueprint import Blueprint
from service.web.current import run, run_once
from service.web.printing import PDF, print_sheet
from service.web.queries import PageQuery
from service.web.replies import id_after, page, reply, response
from service.web.reply_schemas.checklists import ChecklistReply, ChecklistSummaryReply
from service.web.reply_schemas.shared import page_of
from service.web.schemas.checklists import ChecklistRequestSchema, WithdrawalSchema

blueprint = Blueprint("checklists", __name__, url_prefix="/v1", description="Checklists")
JSON, HTML = "application/json", "text/html"


@blueprint.route("/patients/<uuid:patient_id>/checklists", methods=["POST"])
@needs(Permission.ISSUE_CHECKLISTS)
@blueprint.arguments(ChecklistRequestSchema)
@blueprint.response(201, ChecklistReply)
def post_checklist(wanted: ChecklistRequest, patient_id: UUID) -> Response:
    """Issue a checklist from the patient's latest list."""

    def act(work: Work) -> Reply:
        issued = issue_checklist(work, patient_id, wanted)
        return reply(checklist_reply(issued), 201, Location=links(issued.id)["self"])

    return run_once(act)


@blueprint.route("/patients/<uuid:patient_id>/checklists", methods=["GET"])
@needs(Permission.READ_CHECKLISTS)
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(ChecklistSummaryReply))
def list_checklists(query: dict[str, Any], patient_id: UUID) -> Response:
    """Page through a patient's checklists, newest first."""
    before = id_after(query["cursor"])
    found = run(lambda work: actions.list_checklists(work, patient_id, before, query["limit"]))
    return page(found, _summary, "id")


@blueprint.route("/checklists/<uuid:checklist_id>", methods=["GET"])
@needs(Permission.READ_CHECKLISTS)
@blueprint.response(200, ChecklistReply)
def get_checklist(checklist_id: UUID) -> Response:
    """Read a checklist as JSON, or as a page or a PDF by the Accept header."""
    wanted = _wanted()
    if wanted == HTML:
        return _page(checklist_id)
    if wanted == PDF:
        return _pdf(checklist_id)
    issued = run(lambda work: actions.get_checklist(work, checklist_id, printed=False))
    return response(checklist_reply(issued), Vary="Accept")


@blueprint.route("/checklists/<uuid:checklist_id>.html", methods=["GET"])
@needs(Permission.READ_CHECKLISTS)
@blueprint.response(200, {"type": "string"}, content_type=HTML)
def get_checklist_page(checklist_id: UUID) -> Response:
    """The checklist as a page that prints as the sheet."""
    return _page(checklist_id)


@blueprint.route("/checklists/<uuid:checklist_id>.pdf", methods=["GET"])
@needs(Permission.READ_CHECKLISTS)
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type=PDF)
def get_checklist_pdf(checklist_id: UUID) -> Response:
    """The checklist as a sheet to print."""
    return _pdf(checklist_id)


@blueprint.route("/checklists/by-code/<code>", methods=["GET"])
@needs(Permission.READ_CHECKLISTS)
@blueprint.response(200, ChecklistReply)
def get_checklist_by_code(code: str) -> Response:
    """The checklist whose paper carries this code: its status and, when superseded, what changed."""
    return response(checklist_reply(run(lambda work: actions.get_checklist_by_code(work, code))))


@blueprint.route("/checklists/<uuid:checklist_id>/withdrawal", methods=["POST"])
@needs(Permission.WITHDRAW_CHECKLISTS)
@blueprint.arguments(WithdrawalSchema)
@blueprint.response(200, ChecklistReply)
def post_withdrawal(sent: dict[str, Any], checklist_id: UUID) -> Response:
    """Take an issued checklist back, with the reason."""
    return run_once(
        lambda work: reply(checklist_reply(actions.withdraw_checklist(work, checklist_id, sent["reason"])))
    )


def checklist_reply(issued: IssuedChecklist) -> bytes:
    """The document, byte for byte as it was issued, and behind it its state today and its links, as JSON."""
    today = {**state_document(issued.state, issued.words), "links": links(issued.id)}
    return issued.document_text.encode().removesuffix(b"}") + b"," + orjson.dumps(today)[1:]


def links(checklist_id: UUID) -> dict[str, str]:
    """Where a checklist is to be had."""
    address = f"/v1/checklists/{checklist_id}"
    return {"self": address, "html": f"{address}.html", "pdf": f"{address}.pdf"}


def _summary(stored: StoredChecklist) -> dict[str, Any]:
    return {
        "id": str(stored.id),
        "code": printed(stored.code),
        "status": stored.status.value,
        "list_version": stored.list_version,
        "issued_at": stored.issued_at.isoformat(),
        "guidance_today": [guidance_today_document(one) for one in stored.guidance],
        "links": links(stored.id),
    }


def _wanted() -> str:
    """Which of the three the Accept header asks for. Raises NotAcceptable for none of them."""
    if request.headers.get("Accept", JSON) == JSON:
        return JSON
    wanted = request.accept_mimetypes.best_match([JSON, HTML, PDF])
    if wanted is None and request.accept_mimetypes:
        raise NotAcceptable
    return wanted or JSON


def _page(checklist_id: UUID) -> Response:
    issued = run(lambda work: actions.get_checklist(work, checklist_id, printed=True))
    html = sheet_html(
        issued.document,
        state_document(issued.state, issued.words),
        issued.words,
        stylesheet_url=url_for("assets.get_stylesheet"),
    )
    return Response(html, content_type=f"{HTML}; charset=utf-8", headers={"Vary": "Accept"})


def _pdf(checklist_id: UUID) -> Response:
    issued = run(lambda work: actions.get_checklist(work, checklist_id, printed=True))
    pdf = print_sheet(issued)
    name = f"checklist-{printed(issued.code)}.pdf"
    return Response(
        pdf,
        content_type=PDF,
        headers={"Vary": "Accept", "Content-Disposition": f'inline; filename="{name}"'},
    )

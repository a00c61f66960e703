"""Marks and signatures of one section of a checklist, from the forms of its page."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import Response, g, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions import sign_offs as actions
from service.actions.checklists import get_checklist
from service.actions.marks import mark_line
from service.actions.work import Work
from service.domain.access.permissions import Permission, Role
from service.domain.checklists.marks import MarkWord
from service.domain.checklists.sign_offs import Signature, SignerRole
from service.domain.checklists.state import state_document
from service.domain.errors import ConflictError, Fault, NotFoundError, RefusedError
from service.web.current import run
from service.web.faults import faults_of
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.checklist_view import show_checklist, signed_in_words
from service.web.pages.once import run_form_once
from service.web.pages.rendering import render, say
from service.web.pages.typed import Typed, load, typed_now
from service.web.schemas.checklists import WithdrawalSchema
from service.web.schemas.sign_offs import MarkSchema, SignOffSchema

pages = Pages("sign_offs", __name__, url_prefix="/checklists/<uuid:checklist_id>/sections/<section>")
_SEEN_TOO_EARLY = frozenset({"digest_differs", "withdrawn"})
NO_MARK = "none"


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line's mark as it was changed on the page."""

    line_id: str
    mark: MarkWord | None
    note: str | None


@pages.post("")
@page_needs(Permission.SIGN_CHECKLISTS)
def post_section(checklist_id: UUID, section: str) -> AnyResponse:
    """Save the marks of a section and, with the buttons for it, sign the section."""
    typed = typed_now()
    marks, faults = _read_marks(typed, section)
    signature, more = _read_signature(typed, section) if typed.value("-do") != "marks" else (None, [])
    if faults or more:
        return show_checklist(checklist_id, typed.with_faults([*faults, *more]), 422)

    def act(work: Work) -> str:
        for made in marks:
            mark_line(work, checklist_id, made.line_id, made.mark, made.note)
        if signature is not None:
            actions.sign_section(work, checklist_id, section, signature)
        return _place(checklist_id, section)

    try:
        led = run_form_once(act)
    except RefusedError as error:
        return show_checklist(checklist_id, typed.with_faults(_under(section, faults_of(error))), 422)
    except ConflictError as error:
        if error.code not in _SEEN_TOO_EARLY:
            raise
        fault = Fault(f"/{section}/content_digest", error.code, error.detail)
        return show_checklist(checklist_id, typed.with_faults([fault]), 409)
    say("checklist_page.was_signed" if signature else "checklist_page.marked")
    return led


@pages.get("/sign-offs/<uuid:sign_off_id>/take-back")
@page_needs(Permission.SIGN_CHECKLISTS)
def get_take_back(checklist_id: UUID, section: str, sign_off_id: UUID) -> Response:
    """Ask why a signature is taken back, before it is."""
    return _take_back(checklist_id, section, sign_off_id, Typed())


@pages.post("/sign-offs/<uuid:sign_off_id>/take-back")
@page_needs(Permission.SIGN_CHECKLISTS)
def post_take_back(checklist_id: UUID, section: str, sign_off_id: UUID) -> AnyResponse:
    """Take a signature back, with the reason."""
    sent, typed = load(WithdrawalSchema, typed_now())
    if sent is None:
        return _take_back(checklist_id, section, sign_off_id, typed, 422)

    def act(work: Work) -> str:
        actions.withdraw_sign_off(work, checklist_id, section, sign_off_id, sent["reason"])
        return _place(checklist_id, section)

    led = run_form_once(act)
    say("checklist_page.was_taken_back")
    return led


def _take_back(
    checklist_id: UUID, section: str, sign_off_id: UUID, typed: Typed, status: int = 200
) -> Response:
    issued = run(lambda work: get_checklist(work, checklist_id, printed=False))
    signed = state_document(issued.state, issued.words)["sign_offs"]
    found = next((one for one in signed if (one["id"], one["section"]) == (str(sign_off_id), section)), None)
    if found is None:
        raise NotFoundError("There is no such signature.")
    title = next(part["title"] for part in issued.document["sections"] if part["id"] == section)
    return render(
        "checklist_take_back",
        status,
        typed=typed,
        document=issued.document,
        section=section,
        section_title=title,
        sign_off=found,
        signed=signed_in_words(),
    )


def _place(checklist_id: UUID, section: str) -> str:
    return url_for("pages_checklists.get_checklist", checklist_id=checklist_id, _anchor=f"section-{section}")


def _read_marks(typed: Typed, section: str) -> tuple[list[_Mark], list[Fault]]:
    """The marks of a section that differ from those that its form was given, and what is wrong with them."""
    marks, faults = [], []
    for line_id, sent in _changed_lines(typed, section):
        made, read = load(MarkSchema, Typed(sent), **({"mark": None} if sent["mark"] == NO_MARK else {}))
        faults += _under(f"{section}/marks/{line_id}", read.faults)
        if made is not None:
            marks.append(_Mark(line_id, made["mark"], made.get("note")))
    return marks, faults


def _changed_lines(typed: Typed, section: str) -> Iterator[tuple[str, dict[str, str]]]:
    for name in typed.values:
        if name.startswith("-was/") and name.endswith("/mark"):
            line_id = name.removeprefix("-was/").removesuffix("/mark")
            now = {what: typed.value(f"{section}/marks/{line_id}/{what}") for what in ("mark", "note")}
            was = {what: typed.value(f"-was/{line_id}/{what}") for what in ("mark", "note")}
            if {what: _same(text) for what, text in now.items()} != {w: _same(t) for w, t in was.items()}:
                yield line_id, now


def _same(text: str) -> str:
    """Browsers send line ends as they like; no mark and the word for it are one."""
    return "" if text == NO_MARK else "\n".join(text.strip().splitlines())


def _read_signature(typed: Typed, section: str) -> tuple[Signature | None, list[Fault]]:
    """The signature of a section: of the nurse at hand, or of whoever was named."""
    sent = {
        name: typed.value(f"{section}/{name}")
        for name in ("role", "name", "content_digest", "deferred_reason")
    }
    if typed.value("-do") == "own" and g.actor.role is Role.NURSE:
        sent |= {"role": SignerRole.NURSE.value, "name": g.actor.name}
    made, read = load(SignOffSchema, Typed(sent))
    return made, _under(section, read.faults)


def _under(place: str, faults: tuple[Fault, ...]) -> list[Fault]:
    return [Fault(f"/{place}{fault.pointer}", fault.code, fault.detail) for fault in faults]

"""Drafts of guidance: begin one, see how far it is, change its document, publish it, delete it."""

from uuid import UUID

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions import guidance_draft_changes as changes
from service.actions import guidance_drafts as actions
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.errors import Fault
from service.domain.guidance.drafts import CheckedDraft
from service.domain.guidance.editing import document_of, id_from, read_cites, written_cites
from service.domain.guidance.languages import LANGUAGES
from service.domain.guidance.statements import Treatment
from service.domain.sentences.numbering import SentenceNumber
from service.web.current import run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.guidance import section_key
from service.web.pages.guidance_changes import change_once, revision_of
from service.web.pages.guidance_rows import rows_of
from service.web.pages.guidance_texts import TEXT, sent_text
from service.web.pages.once import run_form_once
from service.web.pages.rendering import render, say
from service.web.pages.typed import Typed, load, typed_now
from service.web.read_first import takes_file
from service.web.schemas.guidance import DocumentSchema, NewDraftSchema

pages = Pages("guidance_drafts", __name__, url_prefix="/administration/guidance/drafts")
_TICKED = "-ticked/"
_NO_ID = "document"


@pages.get("/new")
@page_needs(Permission.PUBLISH_GUIDANCE)
def get_new_draft() -> Response:
    """The form for a draft on a text of one's own."""
    return _new(Typed())


@pages.post("/new")
@takes_file
@page_needs(Permission.PUBLISH_GUIDANCE)
def post_new_draft() -> AnyResponse:
    """Begin a draft."""
    named, typed = load(NewDraftSchema, typed_now())
    sent, typed = sent_text(typed)
    if named is None or sent is None:
        return _new(typed, 422)
    title = named["title"]
    document = document_of(
        sent.text, title=title, language=named["language"], file=sent.file, id_of=id_from(title) or _NO_ID
    )
    treatment = Treatment(named["treatment_id"], named["treatment_name"])
    return run_form_once(lambda work: _address(actions.begin_draft(work, document, treatment, sent.text)))


@pages.get("/<uuid:draft_id>")
@page_needs(Permission.PUBLISH_GUIDANCE)
def get_draft(draft_id: UUID) -> Response:
    """The numbered sentences, beside them the statements with what is refused, and what is to do next."""
    return _draft(_checked(draft_id), Typed())


@pages.post("/<uuid:draft_id>")
@page_needs(Permission.PUBLISH_GUIDANCE)
def post_draft(draft_id: UUID) -> AnyResponse:
    """Make a statement of each ticked sentence; or lead to the form for one statement of all of them."""
    typed = typed_now()
    numbers = _ticked(typed)
    if not numbers:
        nothing = Fault(f"/{_TICKED[:-1]}", "nothing_ticked", "No sentence was ticked.")
        return _draft(_checked(draft_id), typed.with_faults([nothing]), 422)
    if request.form.get("-do") == "together":
        cites = written_cites(numbers)
        return redirect(url_for("pages_guidance_statements.get_new", draft_id=draft_id, cites=cites), 303)

    def make(work: Work) -> str:
        changes.make_statements(work, draft_id, revision_of(typed), frozenset(numbers))
        return _address(draft_id)

    return change_once(make, typed, lambda again: _draft(_checked(draft_id), again, 409))


@pages.get("/<uuid:draft_id>/document")
@page_needs(Permission.PUBLISH_GUIDANCE)
def get_document(draft_id: UUID) -> Response:
    """The form for the document's title and text, and the treatment's name."""
    checked = _checked(draft_id)
    guidance = checked.guidance
    names = {"title": guidance.document.title, "treatment_name": guidance.treatment.name}
    return _document(checked, Typed({**names, TEXT: checked.text}))


@pages.post("/<uuid:draft_id>/document")
@takes_file
@page_needs(Permission.PUBLISH_GUIDANCE)
def post_document(draft_id: UUID) -> AnyResponse:
    """Change them."""
    checked = _checked(draft_id)
    named, typed = load(DocumentSchema, typed_now())
    sent, typed = sent_text(typed, checked.text)
    if named is None or sent is None:
        return _document(checked, typed, 422)

    def change(work: Work) -> str:
        changes.change_document(work, draft_id, revision_of(typed), text=sent.text, **named)
        return _address(draft_id)

    return change_once(change, typed, lambda again: _document(_checked(draft_id), again, 409))


@pages.get("/<uuid:draft_id>/publish")
@page_needs(Permission.PUBLISH_GUIDANCE)
def get_publish(draft_id: UUID) -> Response:
    """What would be published, what it replaces, and what is missed until then."""
    return _publish(draft_id, Typed())


@pages.post("/<uuid:draft_id>/publish")
@page_needs(Permission.PUBLISH_GUIDANCE)
def post_publish(draft_id: UUID) -> AnyResponse:
    """Publish a draft."""
    typed = typed_now()

    def publish(work: Work) -> str:
        made = actions.publish_draft(work, draft_id, revision_of(typed))
        treatment_id = made.guidance.treatment.id
        return url_for("pages_guidance.get_version", treatment_id=treatment_id, version=made.version)

    said = "guidance_page.was_published"
    return change_once(publish, typed, lambda again: _publish(draft_id, again, 409), said)


@pages.get("/<uuid:draft_id>/delete")
@page_needs(Permission.PUBLISH_GUIDANCE)
def get_delete(draft_id: UUID) -> Response:
    """Ask before a draft is deleted."""
    return render("guidance_draft_delete", checked=_checked(draft_id))


@pages.post("/<uuid:draft_id>/delete")
@page_needs(Permission.PUBLISH_GUIDANCE)
def post_delete(draft_id: UUID) -> AnyResponse:
    """Delete a draft."""
    run(lambda work: actions.delete_draft(work, draft_id))
    say("guidance_page.was_deleted")
    return redirect(url_for("pages_guidance.get_guidance"), 303)


def _ticked(typed: Typed) -> tuple[SentenceNumber, ...]:
    found = [name.removeprefix(_TICKED) for name in typed.values if name.startswith(_TICKED)]
    try:
        return tuple(sorted(read_cites(" ".join(found))))
    except ValueError:
        return ()


def _address(draft_id: UUID) -> str:
    return url_for("pages_guidance_drafts.get_draft", draft_id=draft_id)


def _checked(draft_id: UUID) -> CheckedDraft:
    return run(lambda work: actions.get_draft(work, draft_id))


def _new(typed: Typed, status: int = 200) -> Response:
    known = [language.tag for language in LANGUAGES]
    return render("guidance_draft_new", status, typed=typed, languages_known=known)


def _draft(checked: CheckedDraft, typed: Typed, status: int = 200) -> Response:
    paragraphs, astray = rows_of(checked)
    return render(
        "guidance_draft",
        status,
        checked=checked,
        typed=typed,
        paragraphs=paragraphs,
        astray=astray,
        section_key=section_key,
    )


def _document(checked: CheckedDraft, typed: Typed, status: int = 200) -> Response:
    return render("guidance_draft_document", status, checked=checked, typed=typed)


def _publish(draft_id: UUID, typed: Typed, status: int = 200) -> Response:
    checked, replaced, sheets = run(lambda work: actions.before_publishing(work, draft_id))
    return render(
        "guidance_draft_publish",
        status,
        checked=checked,
        replaced=replaced,
        sheets=sheets,
        section_key=section_key,
        typed=typed,
    )

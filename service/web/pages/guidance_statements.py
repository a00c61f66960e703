"""One statement of a draft: write it, change it, take it out, compare it with its sentences."""

from uuid import UUID

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions import guidance_draft_changes as changes
from service.actions import guidance_drafts as actions
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.guidance.drafting import proposed_section
from service.domain.guidance.drafts import CheckedDraft
from service.domain.guidance.editing import new_statement_id, read_cites, statement_of, written_cites
from service.domain.guidance.statements import Statement, StatementSection
from service.domain.sentences.numbering import Sentence, SentenceNumber, number_sentences
from service.web.current import run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.guidance import section_key
from service.web.pages.guidance_changes import change_once, revision_of
from service.web.pages.guidance_rows import judged_of
from service.web.pages.rendering import render
from service.web.pages.typed import Typed, load, typed_now
from service.web.schemas.guidance import StatementSchema

pages = Pages(
    "guidance_statements", __name__, url_prefix="/administration/guidance/drafts/<uuid:draft_id>/statements"
)


@pages.get("")
@page_needs(Permission.PUBLISH_GUIDANCE)
def get_new(draft_id: UUID) -> Response:
    """The form for a new statement; of the sentences that the address names, in their words."""
    checked = _checked(draft_id)
    cites = request.args.get("cites", "")
    text = " ".join(sentence.text for sentence in _cited(checked, cites))
    language = checked.guidance.document.language
    section = {"section": proposed_section(text, language).value} if text else {}
    return _form(checked, None, Typed({"cites": cites, "text": text, **section}))


@pages.post("")
@page_needs(Permission.PUBLISH_GUIDANCE)
def post_new(draft_id: UUID) -> AnyResponse:
    """Add a statement."""
    return _saved(draft_id, None)


@pages.get("/<statement_id>")
@page_needs(Permission.PUBLISH_GUIDANCE)
def get_statement(draft_id: UUID, statement_id: str) -> Response:
    """The form for a statement, beside its sentences and what is refused."""
    checked = _checked(draft_id)
    statement = statement_of(checked.guidance, statement_id)
    values = {
        "text": statement.text,
        "section": statement.section.value,
        "cites": written_cites(statement.cites),
    }
    return _form(checked, statement, Typed(values))


@pages.post("/<statement_id>")
@page_needs(Permission.PUBLISH_GUIDANCE)
def post_statement(draft_id: UUID, statement_id: str) -> AnyResponse:
    """Change a statement."""
    return _saved(draft_id, statement_id)


@pages.get("/<statement_id>/remove")
@page_needs(Permission.PUBLISH_GUIDANCE)
def get_remove(draft_id: UUID, statement_id: str) -> Response:
    """Ask before a statement is taken out."""
    return _shown("guidance_statement_remove", draft_id, statement_id, Typed())


@pages.post("/<statement_id>/remove")
@page_needs(Permission.PUBLISH_GUIDANCE)
def post_remove(draft_id: UUID, statement_id: str) -> AnyResponse:
    """Take a statement out."""
    typed = typed_now()

    def remove(work: Work) -> str:
        changes.remove_statement(work, draft_id, revision_of(typed), statement_id)
        return _draft_address(draft_id)

    def again(late: Typed) -> Response:
        return _shown("guidance_statement_remove", draft_id, statement_id, late, 409)

    return change_once(remove, typed, again, "guidance_page.was_removed")


@pages.get("/<statement_id>/review")
@page_needs(Permission.PUBLISH_GUIDANCE)
def get_review(draft_id: UUID, statement_id: str) -> Response:
    """One statement beside its sentences, to be compared. Looking at it confirms nothing."""
    return _shown("guidance_statement_review", draft_id, statement_id, Typed())


@pages.post("/<statement_id>/review")
@page_needs(Permission.PUBLISH_GUIDANCE)
def post_review(draft_id: UUID, statement_id: str) -> AnyResponse:
    """Confirm that this one statement says what its sentences say, and lead to the next to compare."""
    typed = typed_now()

    def review(work: Work) -> str:
        checked = changes.review_statement(work, draft_id, statement_id, typed.value("-digest"))
        return _next_address(checked, statement_id)

    def again(late: Typed) -> Response:
        return _shown("guidance_statement_review", draft_id, statement_id, late, 409)

    return change_once(review, typed, again, "guidance_page.was_reviewed")


def _saved(draft_id: UUID, statement_id: str | None) -> AnyResponse:
    checked = _checked(draft_id)
    before = next((one for one in checked.guidance.statements if one.id == statement_id), None)
    if request.form.get("-do") == "show":
        return _form(checked, before, typed_now())
    sent, typed = load(StatementSchema, typed_now())
    if sent is None:
        return _form(checked, before, typed, 422)
    statement = Statement(statement_id or new_statement_id(checked.guidance), **sent)
    act = changes.change_statement if statement_id else changes.add_statement

    def save(work: Work) -> str:
        return _after_saving(act(work, draft_id, revision_of(typed), statement), statement.id)

    said = "guidance_page.was_saved"
    return change_once(save, typed, lambda again: _form(checked, before, again, 409), said)


def _after_saving(checked: CheckedDraft, statement_id: str) -> str:
    """Back to the draft; or to the statement where the check refuses it."""
    if checked.of(statement_id).accepted:
        return _draft_address(checked.draft.id, f"s-{statement_id}")
    return _address("get_statement", checked, statement_id)


def _next_address(checked: CheckedDraft, statement_id: str) -> str:
    """The review of the next statement that nobody compared, after this one and then from the first on."""
    order = [one.id for one in checked.report.statements]
    open_ones = {one.id for one in checked.to_review}
    here = order.index(statement_id)
    following = next((one for one in order[here + 1 :] + order[:here] if one in open_ones), None)
    if following is None:
        return _draft_address(checked.draft.id)
    return _address("get_review", checked, following)


def _address(view: str, checked: CheckedDraft, statement_id: str) -> str:
    return url_for(f"pages_guidance_statements.{view}", draft_id=checked.draft.id, statement_id=statement_id)


def _draft_address(draft_id: UUID, anchor: str | None = None) -> str:
    return url_for("pages_guidance_drafts.get_draft", draft_id=draft_id, _anchor=anchor)


def _checked(draft_id: UUID) -> CheckedDraft:
    return run(lambda work: actions.get_draft(work, draft_id))


def _known(checked: CheckedDraft) -> dict[SentenceNumber, Sentence]:
    return {sentence.number: sentence for sentence in number_sentences(checked.text)}


def _cited(checked: CheckedDraft, cites: str) -> list[Sentence]:
    """The sentences that a text names; none where it cannot be read."""
    known = _known(checked)
    try:
        return [known[number] for number in read_cites(cites) if number in known]
    except ValueError:
        return []


def _form(checked: CheckedDraft, statement: Statement | None, typed: Typed, status: int = 200) -> Response:
    return render(
        "guidance_statement",
        status,
        checked=checked,
        judged=judged_of(checked, statement, _known(checked)) if statement else None,
        cited=_cited(checked, typed.value("cites")),
        sentences=number_sentences(checked.text),
        sections=[(section.value, section_key(section)) for section in StatementSection],
        typed=typed,
    )


def _shown(template: str, draft_id: UUID, statement_id: str, typed: Typed, status: int = 200) -> Response:
    checked = _checked(draft_id)
    judged = judged_of(checked, statement_of(checked.guidance, statement_id), _known(checked))
    return render(template, status, checked=checked, judged=judged, section_key=section_key, typed=typed)

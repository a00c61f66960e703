"""A clinic's guidance: what is in use, every version to read, which drafts there are; put out of use."""

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions import guidance as actions
from service.actions import guidance_drafts as draft_actions
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.guidance.publications import GuidanceVersion
from service.domain.sentences.numbering import number_sentences
from service.web.current import actor, run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.guidance_texts import TEXT, sent_text
from service.web.pages.once import run_form_once
from service.web.pages.rendering import render, say
from service.web.pages.typed import Typed, load, typed_now
from service.web.read_first import takes_file
from service.web.schemas.guidance import TitleSchema

pages = Pages("guidance", __name__, url_prefix="/administration/guidance")
_VERSION = "/treatments/<treatment_id>/versions/<version>"


@pages.get("")
@page_needs(Permission.READ_TREATMENTS)
def get_guidance() -> Response:
    """What is in use, what was in use before, and the drafts, to those who may publish."""
    may_draft = actor().may(Permission.PUBLISH_GUIDANCE)
    versions = run(actions.list_versions)
    return render(
        "guidance",
        in_use=[version for version in versions if version.in_use],
        earlier=[version for version in versions if not version.in_use],
        drafts=run(draft_actions.list_drafts) if may_draft else (),
        may_draft=may_draft,
    )


@pages.get(_VERSION)
@page_needs(Permission.READ_TREATMENTS)
def get_version(treatment_id: str, version: str) -> Response:
    """A version to read: each statement with its citations, its review and, where on file, its sentences."""
    found, text = _with_text(treatment_id, version)
    return render(
        "guidance_version",
        version=found,
        sentences={one.number: one.text for one in number_sentences(text)} if text else {},
        section_key=section_key,
        may_draft=actor().may(Permission.PUBLISH_GUIDANCE),
    )


@pages.get(f"{_VERSION}/draft")
@page_needs(Permission.PUBLISH_GUIDANCE)
def get_draft_from(treatment_id: str, version: str) -> Response:
    """The form for a draft from a version: on the same text, or on the next edition's."""
    found, text = _with_text(treatment_id, version)
    return _draft_from(found, text, Typed({"title": found.guidance.document.title, TEXT: text or ""}))


@pages.post(f"{_VERSION}/draft")
@takes_file
@page_needs(Permission.PUBLISH_GUIDANCE)
def post_draft_from(treatment_id: str, version: str) -> AnyResponse:
    """Begin the draft."""
    found, on_file = _with_text(treatment_id, version)
    named, typed = load(TitleSchema, typed_now())
    sent, typed = sent_text(typed, on_file)
    if named is None or sent is None:
        return _draft_from(found, on_file, typed, 422)

    def begin(work: Work) -> str:
        draft_id = draft_actions.begin_draft_from(
            work, treatment_id, found.version, named["title"], sent.text
        )
        return url_for("pages_guidance_drafts.get_draft", draft_id=draft_id)

    return run_form_once(begin)


@pages.get("/treatments/<treatment_id>/retire")
@page_needs(Permission.PUBLISH_GUIDANCE)
def get_retire(treatment_id: str) -> Response:
    """Ask before a treatment's guidance is put out of use."""
    return render("guidance_retire", published=run(lambda work: actions.get_treatment(work, treatment_id)))


@pages.post("/treatments/<treatment_id>/retire")
@page_needs(Permission.PUBLISH_GUIDANCE)
def post_retire(treatment_id: str) -> AnyResponse:
    """Put a treatment's guidance out of use."""
    run(lambda work: actions.retire_guidance(work, treatment_id))
    say("guidance_page.was_retired")
    return redirect(url_for("pages_guidance.get_guidance"), 303)


def section_key(section: str) -> str:
    """The key of what a section is called."""
    return f"statement_section.{section}"


def _with_text(treatment_id: str, version: str) -> tuple[GuidanceVersion, str | None]:
    def read(work: Work) -> tuple[GuidanceVersion, str | None]:
        found = actions.get_version(work, treatment_id, version)
        return found, draft_actions.document_text(work, found.guidance.document.sha256)

    return run(read)


def _draft_from(found: GuidanceVersion, text: str | None, typed: Typed, status: int = 200) -> Response:
    return render("guidance_draft_from", status, version=found, on_file=text is not None, typed=typed)

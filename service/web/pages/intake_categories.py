"""One category of the intake form: its question, what is on file of it, and what is written down."""

from uuid import UUID

from flask import Response, g, redirect
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from service.actions.intake_forms import change_form
from service.domain.errors import Fault
from service.domain.intake.draft import Draft, answer_of, items_of, still_of, with_answer, with_still
from service.domain.medications.categories import UNCATEGORIZED, Answer, Category, contradicted
from service.domain.medications.items import facts_document
from service.domain.medications.still_taking import StillTaking
from service.web.current import run
from service.web.pages.intake_here import FormHere, address_after, here, lead, show
from service.web.pages.typed import Typed, load, typed_now
from service.web.schemas.intake_forms import CategoryStepSchema

ANSWERS = (Answer.ITEMS_REPORTED, Answer.NONE_REPORTED, Answer.UNKNOWN, Answer.DECLINED)


def get_category(category: str) -> AnyResponse:
    """Ask the category's question."""
    form = known_category(category)
    still = {f"still/{item.id}": _still(form.draft, item.id) for item in form.items_on_file(category)}
    return _show(category, Typed({"answer": answer_of(form.draft, category), **still}))


def post_category(category: str) -> AnyResponse:
    """Keep the answer, and what was said of the items on file."""
    form = known_category(category)
    sent, typed = load(CategoryStepSchema, typed_now())
    if sent is None:
        return _show(category, typed, 422)
    still = {item_id: said for item_id, said in sent.get("still", {}).items() if form.item_on_file(item_id)}
    skipped = typed.value("-do") == "skip"
    faults = [] if skipped and "answer" not in sent else _faults(form, category, sent.get("answer"), still)
    if faults:
        return _show(category, typed.with_faults(faults), 422)

    def keep(draft: Draft) -> Draft:
        for item_id, said in still.items():
            if _still(draft, item_id) != said:
                draft = with_still(draft, str(item_id), {"answer": said.value})
        return with_answer(draft, category, sent["answer"].value) if "answer" in sent else draft

    changed = run(lambda work: change_form(work, form.form.id, keep))
    return after_category(FormHere(changed, form.address_id, form.patient, form.on_file), category)


def get_items(category: str) -> AnyResponse:
    """What is written down of this category so far."""
    form = known_category(category)
    return show(
        "intake_items",
        still_taken=form.still_taken(category),
        category=category,
        question=f"form_ask.{category}" if category != UNCATEGORIZED else f"section.{category}",
        prompt=_prompt(category),
        items=items_of(form.draft, category),
        following=address_after(form, category),
    )


def after_category(form: FormHere, category: str) -> AnyResponse:
    """Lead to what comes after a category's answer: what has changed, what is written down, or the next."""
    for item in form.items_on_file(category):
        said = still_of(form.draft, str(item.id))
        if said.get("answer") == StillTaking.CHANGED and "fields" not in said:
            return lead("get_item_on_file", item_id=item.id)
    listed = bool(items_of(form.draft, category) or form.still_taken(category))
    if category != UNCATEGORIZED and (listed or answer_of(form.draft, category) == Answer.ITEMS_REPORTED):
        # Also where items on file are still taken: that is when to ask what else there is.
        return lead("get_items" if listed else "get_new_item", category=category)
    return redirect(address_after(form, category), 303)


def known_category(category: str) -> FormHere:
    """The form at hand, where it has this category; only at the desk there are items that are not sorted."""
    form = here()
    if category not in form.categories:
        raise NotFound
    return form


def _faults(
    form: FormHere, category: str, answer: Answer | None, still: dict[UUID, StillTaking]
) -> list[Fault]:
    if answer is None:
        implied = category == UNCATEGORIZED or set(still.values()) - {StillTaking.NO}
        return [] if implied else [Fault("/answer", "choice", "")]
    if category == UNCATEGORIZED:
        return []
    on_file = [
        item.facts.category
        for item in form.items_on_file(category)
        if still.get(item.id, StillTaking.YES if item.current else StillTaking.NO) is not StillTaking.NO
    ]
    typed = [Category(category) for _ in items_of(form.draft, category)]
    contradiction = contradicted({Category(category): answer}, [*on_file, *typed])
    return [Fault("/answer", "contradicts_items", "") for _ in contradiction]


def _still(draft: Draft, item_id: UUID) -> str:
    return str(still_of(draft, str(item_id)).get("answer", ""))


def _prompt(category: str) -> str | None:
    return f"form_prompt.{category}" if category in g.clinic.prompts else None


def _show(category: str, typed: Typed, status: int = 200) -> Response:
    form = here()
    return show(
        "intake_category",
        status,
        typed=typed,
        category=category,
        answers=ANSWERS,
        on_file=form.items_on_file(category),
        number=form.categories.index(category) + 2,
        all=len(form.categories) + 1,
        document_of=facts_document,
        question=f"form_ask.{category}" if category != UNCATEGORIZED else f"section.{category}",
        prompt=_prompt(category),
        contradicts=any(fault.code == "contradicts_items" for fault in typed.faults),
        written=bool(items_of(form.draft, category)),
    )

"""What was answered for one category, by a form: five answers, none of them chosen beforehand."""

from uuid import UUID

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions import medications as actions
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.checklists.gaps import GapKind
from service.domain.errors import NotFoundError
from service.domain.medications.categories import Answer, Category
from service.web.current import run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.changing import MADE_FROM, Refusal, change_list, made_from, who_said
from service.web.pages.charts import read_chart, render_of_patient
from service.web.pages.rendering import page_words
from service.web.pages.typed import Typed, load, typed_now
from service.web.schemas.medications import CategoryAnswerSchema

pages = Pages("categories", __name__, url_prefix="/patients/<uuid:patient_id>/categories")


@pages.get("/<category>")
@page_needs(Permission.WRITE_LISTS)
def get_answer(patient_id: UUID, category: str) -> AnyResponse:
    """The question, word for word, and the answers to choose from."""
    return _form(patient_id, _known(category), None, Refusal(200))


@pages.post("/<category>")
@page_needs(Permission.WRITE_LISTS)
def post_answer(patient_id: UUID, category: str) -> AnyResponse:
    """Record an answer with who gave it and how; after a “yes” alone comes what is taken."""
    known = _known(category)

    def again(typed: Typed, refusal: Refusal) -> AnyResponse:
        return _form(patient_id, known, typed, refusal)

    sent, typed = load(CategoryAnswerSchema, typed_now())
    if sent is None:
        return again(typed, Refusal(422))

    def act(work: Work, version: int) -> actions.ListAndGaps:
        attribution = work.attribution(sent.get("informant"), sent.get("collection_mode"))
        return actions.answer_category(
            work, patient_id, known, sent["answer"], attribution, made_from=version
        )

    def following(changed: actions.ListAndGaps) -> str | None:
        _, gaps = changed
        if (GapKind.CATEGORY_WITHOUT_ITEMS, known) not in {(gap.kind, gap.category) for gap in gaps}:
            return None
        return url_for("pages_items.get_new_item", patient_id=patient_id, category=known.value)

    return change_list(patient_id, typed, act, again, "answer_form.kept", following)


def _form(patient_id: UUID, category: Category, typed: Typed | None, refusal: Refusal) -> Response:
    chart = run(lambda work: read_chart(work, patient_id))
    words = page_words()
    return render_of_patient(
        "patient_category",
        refusal.status,
        chart.patient,
        typed=typed or made_from(chart.medications),
        refusal=refusal,
        category=category,
        items=chart.medications.in_category(category),
        answers=[(answer.value, words.text(f"answer_choice.{answer}")) for answer in Answer],
        made_from=MADE_FROM,
        **who_said(),
    )


def _known(category: str) -> Category:
    if category not in set(Category):
        raise NotFoundError("There is no such category.")
    return Category(category)

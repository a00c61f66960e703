"""The intake form as a Questionnaire, in the intake form's own words; nothing is answered beforehand."""

from collections.abc import Sequence

from service.domain.medications.categories import Answer, Category
from service.domain.text import NAME_LENGTH
from service.domain.wording import Catalogue
from service.formats.fhir import intake_questions as asked
from service.formats.fhir.codes import ANSWER, TRANSLATION
from service.formats.fhir.writing.elements import Element, made

VERSION = "1"


def write_questionnaire(base: str, words: Catalogue, others: Sequence[Catalogue] = ()) -> Element:
    """The form in one language, its texts translated into the ``others``.

    ``base`` is the address of the FHIR face.
    """
    return _Form(words, others).questionnaire(base)


class _Form:
    """The form in its languages."""

    def __init__(self, words: Catalogue, others: Sequence[Catalogue]) -> None:
        self.words = words
        self.others = [other for other in others if other.language != words.language]

    def questionnaire(self, base: str) -> Element:
        return made(
            resourceType="Questionnaire",
            id=asked.QUESTIONNAIRE_ID,
            language=self.words.language,
            url=asked.questionnaire_url(base),
            version=VERSION,
            name="MedicationList",
            **self._said("title", "form.title"),
            status="active",
            subjectType=["Patient"],
            item=[self._who(), *(self._category(category) for category in asked.SORTED_IN)],
        )

    def _who(self) -> Element:
        return self._group(
            asked.WHO,
            "form.who",
            [
                self._choice(asked.INFORMANT_KIND, "form.who_label", asked.INFORMANTS),
                self._item(asked.INFORMANT_NAME, "form.who_name", "string", maxLength=NAME_LENGTH),
                self._choice(asked.MODE, "form.mode", asked.MODES),
                self._item(asked.PATIENT_NAME, "form.patient_name", "string", maxLength=NAME_LENGTH),
            ],
        )

    def _category(self, category: Category | None) -> Element:
        if category is None:
            return self._group(asked.group_link(None), "section.uncategorized", [self._items(None)])
        prompt = self._item(f"{asked.group_link(category)}.prompt", f"form_prompt.{category}", "display")
        question = self._choice(asked.answer_link(category), f"form_ask.{category}", asked.ANSWERS)
        items = [prompt, question, self._items(category)]
        return self._group(asked.group_link(category), f"section.{category}", items)

    def _items(self, category: Category | None) -> Element:
        """A group for each item; of a category once the answer to its question is "yes"."""
        said_yes = {"system": ANSWER, "code": Answer.ITEMS_REPORTED.value}
        link = asked.answer_link(category) if category else None
        enabled = [{"question": link, "operator": "=", "answerCoding": said_yes}] if link else None
        questions = [self._question(category, field) for field in asked.FIELDS]
        return self._item(
            asked.items_link(category),
            "form.item_title",
            "group",
            enableWhen=enabled,
            repeats=True,
            item=questions,
        )

    def _question(self, category: Category | None, field: asked.Field) -> Element:
        link = asked.field_link(category, field)
        if field.type == "choice":
            return self._choice(link, field.key, asked.STATUSES)
        return self._item(link, field.key, field.type, maxLength=field.most)

    def _choice(self, link: str, key: str, choices: asked.Choices) -> Element:
        options = [
            {"valueCoding": {"system": choices.system, "code": code, **self._said("display", text)}}
            for code, text in choices.keys.items()
        ]
        return self._item(link, key, "choice", answerOption=options)

    def _group(self, link: str, key: str, items: list[Element]) -> Element:
        return self._item(link, key, "group", item=items)

    def _item(self, link: str, key: str, kind: str, **parts: object) -> Element:
        return made(linkId=link, **self._said("text", key), type=kind, **parts)

    def _said(self, name: str, key: str) -> Element:
        """A text, with its translations beside it."""
        translations = [_translation(other, key) for other in self.others if not other.foreign(key)]
        beside = {f"_{name}": {"extension": translations}} if translations else {}
        return {name: self.words.text(key), **beside}


def _translation(words: Catalogue, key: str) -> Element:
    parts = [
        {"url": "lang", "valueCode": words.language},
        {"url": "content", "valueString": words.text(key)},
    ]
    return {"url": TRANSLATION, "extension": parts}

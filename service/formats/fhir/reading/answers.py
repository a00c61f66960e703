"""The answers of a form by their link ids; every question that is not the form's is refused by its place."""

from collections.abc import Collection, Sequence

from service.domain.text import TEXT_LENGTH, PartialDate
from service.formats.fhir.intake_questions import Choices
from service.formats.fhir.reading.dates import day
from service.formats.fhir.reading.elements import Element


def answers_in(holder: Element, links: Collection[str], repeating: Collection[str] = ()) -> "Answers":
    """What is answered inside ``holder``, which may have these questions; each once but the ``repeating``."""
    found: dict[str, list[Element]] = {}
    for item in holder.parts("item"):
        item.take("text", "definition")
        link = item.code("linkId")
        if link is None:
            item.notes.refuse(item.at("linkId"), "required", "An answer says which question it is to.")
        elif link not in links:
            detail = "The form has no such question here. Nothing of the response was kept."
            item.notes.refuse(item.at("linkId"), "not-supported", detail)
        elif link in found and link not in repeating:
            item.notes.refuse(item.at("linkId"), "duplicate", "This question stands here twice.")
        else:
            found.setdefault(link, []).append(item)
    return Answers(holder, found)


class Answers:
    """The items of one group, by their link ids."""

    __slots__ = ("_found", "holder")

    def __init__(self, holder: Element, found: dict[str, list[Element]]) -> None:
        self.holder = holder
        self._found = found

    def group(self, link: str, links: Collection[str], repeating: Collection[str] = ()) -> "Answers":
        """What is answered in a group; nothing where the group is not there."""
        groups = self.groups(link, links, repeating)
        return groups[0] if groups else Answers(self.holder, {})

    def groups(
        self, link: str, links: Collection[str], repeating: Collection[str] = ()
    ) -> "Sequence[Answers]":
        """The same of each of a repeating group."""
        found = self._found.get(link, [])
        for one in found:
            if one.content.get("answer"):
                one.notes.refuse(
                    one.at("answer"), "structure", "This is a group: it has no answer of its own."
                )
        return [answers_in(one, links, repeating) for one in found]

    def place_of(self, link: str) -> str:
        """Where the question stands, or would stand."""
        found = self._found.get(link)
        return found[0].place if found else self.holder.at("item")

    def text(self, link: str, most: int = TEXT_LENGTH, *, lines: bool = False) -> str | None:
        """A text as it was said."""
        answer = self._answer(link, "valueString")
        return answer.text("valueString", most, lines=lines) if answer else None

    def flag(self, link: str) -> bool | None:
        """Yes or no."""
        answer = self._answer(link, "valueBoolean")
        return answer.flag("valueBoolean") if answer else None

    def day(self, link: str) -> PartialDate | None:
        """A date, as whole as it is known."""
        answer = self._answer(link, "valueDate")
        return day(answer, "valueDate") if answer else None

    def chosen(self, link: str, choices: Choices) -> str | None:
        """The code of one of the words to choose from."""
        answer = self._answer(link, "valueCoding")
        coding = answer.part("valueCoding") if answer else None
        if coding is None:
            return None
        system, code = coding.code("system"), coding.code("code")
        coding.take("display", "userSelected")
        if system not in (None, choices.system) or code not in choices.keys:
            coding.notes.refuse(coding.place, "code-invalid", "Not one of the answers to choose from.")
            return None
        return code

    def _answer(self, link: str, name: str) -> Element | None:
        """The only answer to a question, whose value has that name; None where there is none."""
        for item in self._found.get(link, ()):
            if item.content.get("item"):
                item.notes.refuse(
                    item.at("item"), "structure", "This is a question: nothing stands inside it."
                )
            answers = item.parts("answer")
            if len(answers) > 1:
                item.notes.refuse(item.at("answer"), "structure", "This question has one answer.")
            for answer in answers[:1]:
                return self._of_type(answer, name)
        return None

    def _of_type(self, answer: Element, name: str) -> Element | None:
        if answer.content.get("item"):
            answer.notes.refuse(
                answer.at("item"), "not-supported", "The form has no question below this answer."
            )
        others = [key for key in answer.content if key.startswith("value") and key != name]
        if others:
            answer.notes.refuse(answer.place, "value", f"This question is answered with a {name}.")
        return answer

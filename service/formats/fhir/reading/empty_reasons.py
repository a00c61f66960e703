"""Why a List is empty: the answer that it gives, never one that nobody gave."""

from service.domain.medications.categories import Answer
from service.formats.fhir.codes import ANSWER, DATA_ABSENT_REASON, EMPTY_REASON, EMPTY_REASONS
from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.extensions import extensions_of
from service.formats.fhir.reading.identifiers import codes_in

_ANSWERS = {answer.value: answer for answer in Answer}
_BY_REASON = {reason: answer for answer, reason in EMPTY_REASONS.items()}


def answer_of(reason: Element) -> Answer | None:
    """The answer that an empty List gives; None where it gives none.

    R4's "unavailable" and "withheld" are an answer only where a data-absent-reason says that somebody was
    asked. Our own code must not contradict R4's.
    """
    reason.take("text")
    absent = [one.code("valueCode") for one in extensions_of(reason).named(DATA_ABSENT_REASON)]
    of_r4 = _of_r4(codes_in(reason, EMPTY_REASON), absent[0] if absent else None)
    own = [_ANSWERS.get(code) for code in codes_in(reason, ANSWER)]
    if None in own:
        reason.notes.refuse(reason.at("coding"), "code-invalid", "Not one of our answers.")
    if len({*own, *of_r4}) > 1:
        reason.notes.refuse(reason.place, "invariant", "Two reasons that contradict each other.")
        return None
    return next(iter([*own, *of_r4]), None)


def _of_r4(codes: list[str], absent: str | None) -> list[Answer]:
    """The answers that R4's codes give."""
    found = (_BY_REASON.get((code, absent)) for code in codes)
    return [answer for answer in found if answer]

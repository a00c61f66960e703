"""A dosage without a text, in words made of its literal values: ``1.50 mg, 2 times per 1 d``.

Nothing is worked out: a unit stays as it is written, and what has no plain word keeps its name in R4.
"""

from collections.abc import Iterable, Iterator

from service.domain.text import TEXT_LENGTH
from service.formats.fhir.reading.amounts import amounts, quantity, ratio
from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.identifiers import words_of

Words = Iterator[str | None]


def dosage_words(dosage: Element) -> str | None:
    """The words, None where there is no value."""
    words = (*_doses(dosage), *_timing(dosage.part("timing")), *_further(dosage))
    return dosage.checked("text", _row(words), TEXT_LENGTH)


def _row(words: Iterable[str | None]) -> str:
    return ", ".join(word for word in words if word)


def _doses(dosage: Element) -> Words:
    for one in dosage.parts("doseAndRate"):
        yield quantity(one.part("doseQuantity"))
        yield amounts(one.part("doseRange"))
        yield _labelled("rate", ratio(one.part("rateRatio")))
        yield _labelled("rate", amounts(one.part("rateRange")))
        yield _labelled("rate", quantity(one.part("rateQuantity")))


def _further(dosage: Element) -> Words:
    yield _labelled("as needed:", words_of(dosage.part("asNeededCodeableConcept")))
    yield _labelled("site", words_of(dosage.part("site")))
    yield _labelled("method", words_of(dosage.part("method")))
    yield _labelled("at most", ratio(dosage.part("maxDosePerPeriod")))
    yield _labelled("at most", quantity(dosage.part("maxDosePerAdministration")))
    yield _labelled("at most", quantity(dosage.part("maxDosePerLifetime")))
    yield from (words_of(one) for one in dosage.parts("additionalInstruction"))
    yield dosage.text("patientInstruction")


def _timing(timing: Element | None) -> Words:
    if timing is None:
        return
    yield from timing.texts("event")
    repeat = timing.part("repeat")
    if repeat is not None:
        yield from _repeat(repeat)


def _repeat(repeat: Element) -> Words:
    often = (_times(repeat), _labelled("per", _with_unit(repeat, "period")))
    yield " ".join(words for words in often if words)
    yield _labelled("count", _up_to(repeat, "count"))
    yield _labelled("duration", _with_unit(repeat, "duration"))
    yield _labelled("on", ", ".join(repeat.texts("dayOfWeek")))
    yield _labelled("at", ", ".join(repeat.texts("timeOfDay")))
    yield _labelled("when", ", ".join(repeat.texts("when")))
    yield _labelled("offset", repeat.digits("offset"))
    yield _labelled("bounds", quantity(repeat.part("boundsDuration")))
    yield _labelled("bounds", amounts(repeat.part("boundsRange")))
    yield _labelled("bounds", _period(repeat.part("boundsPeriod")))


def _times(repeat: Element) -> str | None:
    count = _up_to(repeat, "frequency")
    return None if count is None else f"{count} {'time' if count == '1' else 'times'}"


def _with_unit(repeat: Element, name: str) -> str | None:
    """A number and its unit; a unit without a number says nothing and stays to be named as not kept."""
    count = _up_to(repeat, name)
    if count is None:
        return None
    unit = repeat.short(f"{name}Unit")
    return f"{count} {unit}" if unit else count


def _up_to(repeat: Element, name: str) -> str | None:
    least, most = repeat.digits(name), repeat.digits(f"{name}Max")
    if most is None:
        return least
    return f"max {most}" if least is None else f"{least}-{most}"


def _period(period: Element | None) -> str | None:
    if period is None:
        return None
    start, end = period.short("start"), period.short("end")
    return " to ".join(day for day in (start, end) if day) or None


def _labelled(label: str, words: str | None) -> str | None:
    return f"{label} {words}" if words else None

"""Made-up patients, lists and guidance for property tests: whatever the domain allows, also what is odd.

Each strategy is made once. Hypothesis looks a new one through before it draws from it, which takes more time
than the drawing and the test together where an example is put together from hundreds.
"""

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Any

from hypothesis import strategies as st

from service.domain.access.clinics import Clinic, ItemExport, NoneExport
from service.domain.attribution import (
    Attribution,
    CollectionMode,
    Informant,
    InformantKind,
    Recorder,
    RecorderKind,
)
from service.domain.codings import Coding
from service.domain.guidance.statements import (
    Guidance,
    Review,
    SourceDocument,
    Statement,
    StatementSection,
    Translation,
    Treatment,
)
from service.domain.medications.categories import NOT_ASKED, PERSONS_ANSWERS, Answer, Category, CategoryAnswer
from service.domain.medications.items import CURRENT_STATUSES, Item, ItemFacts, Origin, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.whole_list import ListedItem, WholeList
from service.domain.patients.patients import Identifier, Patient, PrintSize
from service.domain.sentences.numbering import SentenceNumber
from service.domain.text import SHORT_LENGTH, PartialDate, clean, fault_in

hostile_names = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '#read("/etc/passwd")',
    "#eval(read) $x^2$ @label <label>",
    "{{ 7*7 }} {% raw %} ${7*7}",
    "**bold** [link](javascript:alert(1)) `code` # not a heading | cell",
    "'; DROP TABLE patients; --",
    "\"double\" 'single' “curly” «angle»",
    "back\\slash \\n \\u0041 %s %(name)s {0} {name}",
    "&amp; &lt; &#x41; ]]> -->",
    "دواء ضغط الدم 5 ملغ",
    "תרופה ללחץ דם 5 מ״ג",
    "रक्तचाप की दवा",
    "क्‍ष with a joiner inside a word",
    "می‌خواهم",
    "降压药片 — 漢方薬 — 혈압약",
    "ยาลดความดัน",
    "💊🌿 👩‍⚕️ 👍🏽 🇨🇭",
    "W" * 500,
    "a\u0323\u0307 n\u0303 z\u0351\u036b\u0343 e\u0301",
    "ﬁligature Straße İstanbul ıı K",
    "two  spaces\u00a0and\u2009thin",
    "5 mg + 10 mg / 2.5 mL (½)",
    "null",
    "0",
    "NaN",
    "true",
]
"""Names that break an output that does not encode; each is text that the service takes as it is."""

_HOSTILE = [clean(name) for name in hostile_names]
_digests = st.text("0123456789abcdef", min_size=64, max_size=64)
# Every script, without what the service refuses: controls, surrogates, unassigned codes, direction marks.
_letters = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp"))


@cache
def texts(most: int = 60) -> st.SearchStrategy[str]:
    """Text as the service keeps it: normalized, visible, and sometimes hostile."""
    free = st.text(_letters, min_size=1, max_size=most).map(clean)
    hostile = st.sampled_from([name for name in _HOSTILE if len(name) <= max(most, 500)])
    return st.one_of(st.text("abcd 12", min_size=1, max_size=12).map(clean), free, hostile).filter(
        lambda text: bool(text) and fault_in(text, most=500) is None
    )


@cache
def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """None, or one of the strategy's."""
    return st.none() | strategy


@cache
def instants() -> st.SearchStrategy[datetime]:
    """Moments with an offset, in UTC and elsewhere, beyond 2038 too."""
    offsets = (UTC, timezone(timedelta(hours=-8)), timezone(timedelta(hours=5, minutes=45)))
    return st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.sampled_from(offsets))  # noqa: DTZ001 -- hypothesis wants bounds without one


@cache
def partial_dates() -> st.SearchStrategy[PartialDate]:
    """A year, a month or a day."""

    def cut(day: date, parts: int) -> PartialDate:
        return PartialDate(*(day.year, day.month, day.day)[:parts])

    return st.builds(cut, st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(1, 3))


@cache
def attributions(*, complete: bool = False) -> st.SearchStrategy[Attribution]:
    """Who said it and who recorded it; with ``complete``, informant and mode are known."""
    informants = st.builds(Informant, st.sampled_from(InformantKind), optional(texts(30)))
    modes = st.sampled_from(CollectionMode)
    recorders = st.builds(Recorder, st.sampled_from(RecorderKind), st.uuids().map(str), texts(30))
    return st.builds(
        Attribution,
        informants if complete else optional(informants),
        modes if complete else optional(modes),
        recorders,
        instants(),
    )


@cache
def codings() -> st.SearchStrategy[Coding]:
    """A code in some system."""
    systems = st.sampled_from(["http://www.nlm.nih.gov/research/umls/rxnorm", "urn:example"])
    return st.builds(Coding, systems, st.text("0123456789AB-", min_size=1, max_size=9), optional(texts(30)))


@cache
def item_facts(
    categories: st.SearchStrategy[Category | None] | None = None,
    statuses: st.SearchStrategy[Status] | None = None,
) -> st.SearchStrategy[ItemFacts]:
    """Everything that can be said of an item; entered in error only where ``statuses`` has it."""
    named = st.one_of(st.tuples(texts(), optional(texts(30))), st.tuples(st.none(), texts(30)))
    short = optional(texts(20))
    if categories is None:
        categories = optional(st.sampled_from(Category))
    if statuses is None:
        statuses = st.sampled_from([status for status in Status if status is not Status.ENTERED_IN_ERROR])
    facts = st.fixed_dictionaries(
        {"category": categories, "status": statuses},
        optional={
            **dict.fromkeys(("strength", "form", "dosage_text", "route", "frequency", "reason"), short),
            **dict.fromkeys(("last_taken", "prescriber", "note"), short),
            "as_needed": optional(st.booleans()),
            "started_on": optional(partial_dates()),
            "stopped_on": optional(partial_dates()),
            "codings": st.lists(codings(), max_size=2).map(tuple),
        },
    )
    return st.builds(lambda names, kw: ItemFacts(names[0], names[1], **kw), named, facts)


@cache
def origins() -> st.SearchStrategy[Origin]:
    """What another system said of an item beyond its facts."""
    systems = st.sampled_from(["urn:example:orders", "http://ehr.example/statements"])
    values = texts(20).filter(lambda text: len(text) <= SHORT_LENGTH)
    identifiers = st.lists(st.builds(Identifier, systems, values), max_size=2, unique=True).map(tuple)
    return st.builds(
        Origin,
        identifiers=identifiers,
        status=optional(st.sampled_from(["completed", "cancelled"])),
        intent=optional(st.sampled_from(["order", "plan"])),
        asserted_at=optional(partial_dates().map(str)),
        recorder=optional(texts(30)),
        digest=optional(_digests),
    )


@cache
def items() -> st.SearchStrategy[Item]:
    """Items of every status, on the latest list or left out of it."""
    of_any_status, versions, ids = item_facts(statuses=st.sampled_from(Status)), st.integers(1, 9), st.uuids()

    @st.composite
    def build(draw: st.DrawFn) -> Item:
        facts = draw(of_any_status)
        reason = draw(texts(30)) if facts.status is Status.ENTERED_IN_ERROR else None
        left_out = draw(optional(versions))
        origin = draw(optional(origins()))
        return Item(draw(ids), facts, draw(attributions()), left_out, reason, origin)

    return build()


@cache
def _several_items(most: int) -> st.SearchStrategy[list[Item]]:
    return st.lists(items(), max_size=most, unique_by=lambda item: item.id)


@cache
@st.composite
def medication_lists(draw: st.DrawFn, version: int = 1, most: int = 6) -> MedicationList:
    """A list of any shape that the domain allows, of a patient who is nobody in particular."""
    listed = tuple(draw(_several_items(most)))
    present = {item.facts.category for item in listed if item.current}
    return MedicationList(
        patient_id=draw(st.uuids()),
        version=version,
        attribution=draw(attributions()),
        items=listed,
        answers={category: draw(_answers(certain=category in present)) for category in Category},
        reported_name=draw(optional(texts(30))),
    )


@cache
def _answers(*, certain: bool) -> st.SearchStrategy[CategoryAnswer]:
    """An answer for a category; ``certain`` where its items answer for it."""
    reported = st.builds(CategoryAnswer, st.just(Answer.ITEMS_REPORTED), attributions())
    if certain:
        return reported
    said = st.builds(CategoryAnswer, st.sampled_from(sorted(PERSONS_ANSWERS)), attributions(complete=True))
    return st.one_of(st.just(NOT_ASKED), reported, said)


@cache
def _several_facts(most: int) -> st.SearchStrategy[list[ItemFacts]]:
    return st.lists(item_facts(), max_size=most)


@cache
def _some_of(categories: tuple[Category, ...]) -> st.SearchStrategy[list[Category]]:
    return st.lists(st.sampled_from(categories), unique=True) if categories else st.just([])


_any_answer = st.sampled_from(Answer)


@cache
@st.composite
def whole_lists(draw: st.DrawFn, most: int = 6) -> WholeList:
    """A whole list as a form or an EHR sends it, without a contradiction in it."""
    facts = draw(_several_facts(most))
    present = {fact.category for fact in facts if fact.status in CURRENT_STATUSES}
    answered = draw(_some_of(tuple(category for category in Category if category not in present)))
    return WholeList(
        items=tuple(ListedItem(fact) for fact in facts),
        answers={category: draw(_any_answer) for category in answered},
        reported_name=draw(optional(texts(30))),
    )


_SYSTEMS = ["urn:clinic:mrn", "https://fhir.nhs.uk/Id/nhs-number", "urn:oid:2.16.840.1.113883.4.1"]
_some_systems = st.lists(st.sampled_from(_SYSTEMS), min_size=1, unique=True)
_languages = st.sampled_from(["en", "es", "ar", "zh-Hant"])
_print_sizes = st.sampled_from(PrintSize)


@cache
@st.composite
def patients(draw: st.DrawFn) -> Patient:
    """A patient with one to three identifiers."""
    systems = draw(_some_systems)
    return Patient(
        id=draw(st.uuids()),
        identifiers=tuple(Identifier(system, draw(texts(20))) for system in systems),
        name=draw(optional(texts())),
        birth_date=draw(optional(partial_dates())),
        language=draw(optional(_languages)),
        print_size=draw(optional(_print_sizes)),
    )


@cache
def clinics() -> st.SearchStrategy[Clinic]:
    """A clinic whose EHR wants lists in any of the styles."""
    return st.builds(
        Clinic,
        st.uuids(),
        texts(30),
        item_export=st.sampled_from(ItemExport),
        none_export=st.sampled_from(NoneExport),
    )


_statement_ids = st.lists(st.text("abc-", min_size=1, max_size=8), max_size=5, unique=True)
_page_counts = st.integers(1, 99)
_some_codings = st.lists(codings(), max_size=2).map(tuple)


@cache
@st.composite
def guidances(draw: st.DrawFn) -> Guidance:
    """Statements on a made-up document; whether they say what it says is not looked at here."""
    ids = draw(_statement_ids)
    return Guidance(
        document=SourceDocument(
            draw(texts(20)),
            draw(texts()),
            "en",
            "document.txt",
            draw(_digests),
            draw(optional(_page_counts)),
        ),
        treatment=Treatment(draw(texts(20)), draw(texts()), draw(_some_codings)),
        statements=tuple(replace(draw(_statements()), id=statement_id) for statement_id in ids),
    )


@cache
def _statements() -> st.SearchStrategy[Statement]:
    """Statements that have yet to be given ids of their own."""
    numbers = st.builds(SentenceNumber, st.integers(1, 9), st.integers(1, 9))
    reviews = optional(st.builds(Review, texts(20), st.dates(), _digests))
    translations = st.builds(Translation, st.sampled_from(["es", "ar"]), texts(), reviews)
    return st.builds(
        Statement,
        st.just("none yet"),
        st.sampled_from(StatementSection),
        texts(),
        st.lists(numbers, min_size=1, max_size=3).map(tuple),
        reviews,
        st.lists(translations, max_size=2).map(tuple),
    )


for _name in hostile_names:
    assert fault_in(unicodedata.normalize("NFC", _name), most=500) is None, _name

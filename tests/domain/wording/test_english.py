"""The service's own words: every one of them there, every one of them used, and days written out."""

import ast
import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from service.domain.access.clinics import NoneExport
from service.domain.access.permissions import Role
from service.domain.attribution import CollectionMode, InformantKind
from service.domain.audit.events import AuditAction
from service.domain.cards.asked import SentRecord, SentStatus
from service.domain.cards.cards import Whose
from service.domain.checklists.checklist import ChecklistStatus, SectionId
from service.domain.checklists.gaps import GapKind
from service.domain.checklists.guidance_today import GuidanceStatus
from service.domain.checklists.marks import MarkWord
from service.domain.checklists.sign_offs import SignerRole
from service.domain.checklists.worklist import WorklistStatus
from service.domain.guidance.statements import StatementSection
from service.domain.intake.forms import LinkState
from service.domain.medications.alike import AlikeKind
from service.domain.medications.categories import Answer, Category
from service.domain.medications.difference import ItemChangeKind
from service.domain.medications.items import ItemFacts, Status
from service.domain.medications.still_taking import StillTaking
from service.domain.patients.erasure import ErasureReason
from service.domain.patients.patients import PrintSize
from service.domain.text import PartialDate
from service.domain.wording import ENGLISH, ENGLISH_CATALOGUE, Catalogue
from service.web.schemas.intake_forms import DESK_MODES

SERVICE = Path(__file__).parents[3] / "service"

ERROR_PAGES = ["403", "404", "405", "409", "412", "413", "429", "503", "page_too_old", "field_twice", "other"]
FAULTS_OF_FORMS = [
    "required",
    "other",
    "too_long",
    "too_many",
    "line_break",
    "control_character",
    "direction_control",
    "invisible",
    "stray_joiner",
    "date",
    "birth_date_ahead",
    "range",
    "identifier_taken",
    "name_or_description",
    "contradicts_items",
    "log_in_refused",
    "too_many_failures",
    "nothing_answered",
    "changes_missing",
    "choice",
    "login_taken",
    "not_text",
    "lost_signs",
    "id_form",
    "cites",
    "nothing_ticked",
    "stale",
    "not_accepted",
    "not_reviewed",
    "key_set",
    "private_key",
    "key_id",
    "key_kind",
    "scope",
    "issuer",
    "issuer_taken",
    "address",
    "code_mistyped",
    "code_unknown",
    "too_short",
    "too_common",
    "digest_differs",
    "withdrawn",
    "unknown_treatment",
    "nothing_planned",
    "date_or_checklists",
    "not_printed",
    "not_this_patient",
]

# Keys that are put together from a word of the domain, as the source writes them: pattern and words.
FAMILIES: dict[str, Iterable[object]] = {
    "alike.{}": AlikeKind,
    "answer.{}": [Answer.UNKNOWN, Answer.DECLINED, Answer.NONE_REPORTED, "items_reported_none_listed"],
    "answer_choice.{}": Answer,
    "answer_word.{}": Answer,
    "ask.{}": Category,
    "batch.{}": [
        *("failed", "failed_more", "pages", "patient", "categories", "to_ask"),
        *("number", "number_failed", "number_to_ask"),
    ],
    "batch_category.{}": [*Category, "uncategorized", "earlier_list"],
    "card.{}": [Whose.SEVERAL, Whose.NOT_IDENTIFIED, Whose.BORN_OTHERWISE],
    "card_category.{}": Category,
    "card_part.{}": [answer for answer in Answer if answer is not Answer.NONE_REPORTED],
    "card_reason.{}": ["asked_elsewhere", "asked_later", "not_this_treatment"],
    "card_sent.{}": SentRecord,
    "card_sent_state.{}": [state for state in SentStatus if state is not SentStatus.WHOLE],
    "change.{}": ItemChangeKind,
    "code_page.{}": ChecklistStatus,
    "data_role.{}": Role,
    "did.{}": AuditAction,
    "erasure_reason.{}": ErasureReason,
    "error.{}": ERROR_PAGES,
    "error.{}_more": ERROR_PAGES,
    "fault.{}": FAULTS_OF_FORMS,
    "form_answer.{}": Answer,
    "form_ask.{}": Category,
    "form_mode.{}": DESK_MODES,
    "form_prompt.{}": Category,
    "form_still.{}": StillTaking,
    "form_who.{}": InformantKind,
    "gap.{}": GapKind,
    "statement_section.{}": StatementSection,
    "guidance_status.{}": [GuidanceStatus.OLDER, GuidanceStatus.RETIRED],
    "guidance_status_more.{}": [GuidanceStatus.OLDER, GuidanceStatus.RETIRED],
    "informant.{}": InformantKind,
    "item.{}": [field.name for field in fields(ItemFacts)],
    "link_state.{}": LinkState,
    "mark.{}": MarkWord,
    "mode.{}": CollectionMode,
    "month.{}": range(1, 13),
    "none_export.{}": NoneExport,
    "print_size.{}": PrintSize,
    "section.{}": SectionId,
    "sheet_status.{}": ChecklistStatus,
    "sign.{}": ["statement", "patient", "nurse", "provider"],
    "signed.{}": SignerRole,
    "status.{}": [ChecklistStatus.SUPERSEDED, ChecklistStatus.WITHDRAWN],
    "status_word.{}": Status,
    "strip.{}": Category,
    "to_ask.{}": GapKind,
    "weekday.{}": range(1, 8),
    "worklist_status.{}": WorklistStatus,
    "treatments.{}": ["tell", "treatment"],
}


@cache
def source() -> tuple[ast.AST, ...]:
    """Every node of the service's source but the texts of the catalogue themselves."""
    return tuple(
        node
        for path in sorted(SERVICE.rglob("*.py"))
        for statement in ast.parse(path.read_text(encoding="utf-8")).body
        if not (path.parent.name == "wording" and isinstance(statement, ast.AnnAssign))
        for node in ast.walk(statement)
    )


@cache
def written_keys() -> set[str]:
    """Whole texts of the source that look like a key of the catalogue, and those in the templates."""
    groups = "|".join(sorted({key.partition(".")[0] for key in ENGLISH}))
    key = re.compile(rf"(?:{groups})\.[a-z_0-9]+")
    texts = {
        node.value for node in source() if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    templates = " ".join(path.read_text(encoding="utf-8") for path in SERVICE.rglob("*.jinja"))
    in_templates = re.findall(rf"[\"']({key.pattern})[\"']", templates)
    files = {path.name for path in SERVICE.rglob("*")}
    return {text for text in texts | set(in_templates) if key.fullmatch(text)} - files


def written_patterns() -> set[str]:
    """The formatted texts of the source, with ``{}`` where something is filled in."""
    return {
        "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)  # type: ignore[misc]
        for node in source()
        if isinstance(node, ast.JoinedStr)
    }


def family_keys() -> set[str]:
    return {pattern.format(word) for pattern, words in FAMILIES.items() for word in words}


def test_every_text_that_the_service_asks_for_is_in_the_catalogue() -> None:
    assert written_keys() | family_keys() <= ENGLISH.keys()


def test_every_text_of_the_catalogue_is_asked_for_somewhere() -> None:
    assert ENGLISH.keys() - written_keys() - family_keys() == set()


def test_every_family_of_keys_is_really_put_together_in_the_source() -> None:
    assert FAMILIES.keys() <= written_patterns()


def test_a_text_leaves_places_only_by_name_and_without_further_marks() -> None:
    for key, text in ENGLISH.items():
        for _, place, form, conversion in Formatter().parse(text):
            assert place is None or re.fullmatch("[a-z]+", place), key
            assert not form, key
            assert not conversion, key


def test_no_text_is_blank_or_bears_an_error_prone_abbreviation() -> None:
    for key, text in ENGLISH.items():
        assert text.strip() == text != "", key
        assert not re.search(r"\b(QD|QOD|BID|TID|U|IU|µg|cc|HS|SC)\b|\d\.0\b|(?<!\d)\.\d", text), key


def test_a_catalogue_that_lacks_a_text_cannot_be_made() -> None:
    lacking = {key: text for key, text in ENGLISH.items() if key != "notice.not_checked"}
    with pytest.raises(ValueError, match=r"'es' lacks \['notice.not_checked'\]"):
        Catalogue("es", lacking)


def test_what_the_record_says_is_never_read_as_a_place_to_fill() -> None:
    text = ENGLISH_CATALOGUE.text("gap.reported_name_differs", name="{name} %s {0.__class__}")
    assert "{name} %s {0.__class__}" in text


def test_a_text_or_a_place_that_is_not_there_is_an_error_and_not_a_blank() -> None:
    for key, places in (("no.such", {}), ("sheet.page", {"page": 1})):
        with pytest.raises(KeyError):
            ENGLISH_CATALOGUE.text(key, **places)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (PartialDate(1961), "1961"),
        (PartialDate(1961, 4), "April 1961"),
        (PartialDate(1961, 4, 2), "2 April 1961"),
        (PartialDate(2024, 2, 29), "29 February 2024"),
        (date(2038, 1, 19), "19 January 2038"),
    ],
)
def test_a_day_is_written_out_so_that_no_country_reads_another(day: PartialDate | date, said: str) -> None:
    assert ENGLISH_CATALOGUE.date(day) == said


def test_a_month_has_its_own_name() -> None:
    names = {ENGLISH_CATALOGUE.date(PartialDate(2026, month)) for month in range(1, 13)}
    assert len(names) == 12


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 23, 9, 5, tzinfo=UTC), "23 November 2026, 09:05 (UTC)"),
        (
            datetime(2026, 11, 23, 23, 59, tzinfo=timezone(timedelta(hours=-8))),
            "23 November 2026, 23:59 (UTC-08:00)",
        ),
    ],
)
def test_an_instant_names_its_zone(at: datetime, said: str) -> None:
    assert ENGLISH_CATALOGUE.instant(at) == said


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("en", "Test Nurse", "Logged in as Test Nurse"),
        ("en", "Zoë", "Logged in as Zoë"),
        ("en", "נועה", "Logged in as \u2068נועה\u2069"),
        ("en", "علي", "Logged in as \u2068علي\u2069"),
        ("he", "Test Nurse", "Logged in as \u2068Test Nurse\u2069"),
    ],
)
def test_what_could_turn_the_words_around_it_stands_apart(language: str, name: str, said: str) -> None:
    words = Catalogue(language, ENGLISH, isolates=True)
    assert words.text("page.logged_in_as", name=name) == said


def test_numbers_are_not_set_apart() -> None:
    words = Catalogue("he", ENGLISH, isolates=True)
    assert words.text("sheet.page", page=1, pages=2) == "Page 1 of 2"


@pytest.mark.parametrize(
    ("language", "direction"),
    [("en", "ltr"), ("es-MX", "ltr"), ("he", "rtl"), ("ar-EG", "rtl"), ("UR", "rtl")],
)
def test_a_language_is_written_in_its_direction(language: str, direction: str) -> None:
    assert Catalogue(language, ENGLISH).direction == direction

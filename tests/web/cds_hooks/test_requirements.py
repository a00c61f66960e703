"""Every numbered requirement of CDS Hooks 2.0 for a service: its test, or why it needs none."""

import ast
import csv
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]
LIST = TESTS.parents[1] / "shared" / "contracts" / "cds-hooks-2.0-service-requirements.csv"

HERE = "web/cds_hooks"
FORMATS = "formats/cds_hooks"
DISCOVERY = f"{FORMATS}/test_discovery.py::test_each_service_is_described_as_the_specification_asks"
TEMPLATES = f"{FORMATS}/test_discovery.py::test_each_template_is_a_query_of_the_recommended_kind"
CARD_RULES = (
    f"{FORMATS}/test_card.py::test_every_card_in_every_language_keeps_the_rules_and_is_of_the_lowest_urgency"
)
PLANTED = f"{FORMATS}/test_card_rules.py::test_a_planted_breach_of_a_rule_is_found"
NO_SUGGESTIONS = f"{FORMATS}/test_card.py::test_a_card_suggests_nothing_and_offers_reasons_that_can_be_read"
REASONS = NO_SUGGESTIONS
LINKS = f"{FORMATS}/test_card.py::test_links_lead_to_the_sheet_and_the_form_or_to_where_the_patient_is_found"
BAD_TOKEN = f"{HERE}/test_tokens.py::test_a_bad_token_is_refused_and_nothing_of_it_is_told"
GOOD_TOKEN = f"{HERE}/test_tokens.py::test_a_registered_client_is_answered_of_its_own_clinics_patients"
CROSS_ORIGIN = (
    f"{HERE}/test_cross_origin.py::test_a_page_of_another_origin_asks_is_answered_and_tells_what_came_of_it"
)
REFUSED = f"{HERE}/test_refusals.py::test_a_hostile_body_is_refused_as_a_problem"
MARKUP = f"{FORMATS}/test_markdown.py::test_no_text_of_a_guidance_is_ever_markup"

PROVED = {
    1: f"{HERE}/test_refusals.py::test_another_media_type_is_refused",
    3: CARD_RULES,
    4: f"{HERE}/test_refusals.py::test_the_services_are_told_to_anybody_and_by_get_alone",
    5: f"{HERE}/test_refusals.py::test_the_services_are_told_to_anybody_and_by_get_alone",
    6: DISCOVERY,
    7: DISCOVERY,
    8: DISCOVERY,
    9: DISCOVERY,
    10: f"{HERE}/test_discovered.py::test_each_service_answers_to_its_hook_at_the_address_made_from_its_id",
    11: DISCOVERY,
    12: DISCOVERY,
    13: f"{HERE}/test_discovered.py::test_each_service_answers_to_its_hook_at_the_address_made_from_its_id",
    14: f"{HERE}/test_refusals.py::test_the_services_are_told_to_anybody_and_by_get_alone",
    16: f"{HERE}/test_discovered.py::test_each_service_answers_to_its_hook_at_the_address_made_from_its_id",
    27: f"{HERE}/test_answers.py::test_a_card_is_answered_in_time",
    28: f"{HERE}/test_answers.py::test_the_card_of_an_ordered_treatment_says_what_was_not_asked",
    29: DISCOVERY,
    35: TEMPLATES,
    36: DISCOVERY,
    52: f"{FORMATS}/test_prefetch.py::test_how_much_of_the_orders_came_is_told_from_what_came",
    54: f"{HERE}/test_answers.py::test_a_card_that_is_due_for_nobody_who_is_named_is_412",
    55: TEMPLATES,
    56: TEMPLATES,
    57: TEMPLATES,
    58: TEMPLATES,
    59: TEMPLATES,
    74: f"{HERE}/test_answers.py::test_the_card_of_an_ordered_treatment_says_what_was_not_asked",
    76: REFUSED,
    77: f"{HERE}/test_answers.py::test_an_order_for_anything_else_gives_no_card",
    80: f"{HERE}/test_answers.py::test_each_card_has_an_id_of_its_own",
    82: f"{HERE}/test_answers.py::test_a_card_is_recorded_once_and_the_list_stays_as_it_is",
    83: f"{FORMATS}/test_card.py::test_every_summary_in_every_language_has_at_most_139_signs",
    85: MARKUP,
    87: CARD_RULES,
    88: CARD_RULES,
    90: CARD_RULES,
    93: PLANTED,
    95: PLANTED,
    96: PLANTED,
    98: REASONS,
    99: REASONS,
    100: REASONS,
    103: LINKS,
    105: CARD_RULES,
    107: CARD_RULES,
    110: LINKS,
    115: CARD_RULES,
    136: REASONS,
    138: LINKS,
    139: LINKS,
    141: LINKS,
    142: LINKS,
    147: LINKS,
    148: f"{HERE}/test_kept_feedback.py::test_feedback_is_kept_and_recorded",
    176: GOOD_TOKEN,
    177: f"{HERE}/test_refusals.py::test_without_a_token_nobody_is_answered_where_no_clinic_is_open",
    195: BAD_TOKEN,
    199: GOOD_TOKEN,
    201: BAD_TOKEN,
    203: BAD_TOKEN,
    205: GOOD_TOKEN,
    208: CROSS_ORIGIN,
    216: CARD_RULES,
    217: CARD_RULES,
    218: CARD_RULES,
    219: REASONS,
    220: CARD_RULES,
}

_NO_SUGGESTIONS = (
    "a card has no suggestions; that it has none is tested, and so is the rule for those who have"
)
_NO_FETCH = "nothing is fetched from an EHR, and what it says of its server is passed over"
_A_CLIENTS = "about what a client does"
_TLS = "TLS ends at the operator's proxy; operators are told so, and over TLS browsers are held to it"
NEEDS_NONE = {
    2: _TLS,
    34: "a recommendation that is not followed: nothing is fetched, and no token for an EHR is held",
    60: _NO_FETCH,
    61: _NO_FETCH,
    75: "a permission that is not used: no call has actions of its own",
    78: _A_CLIENTS,
    81: "a permission to leave the uuid out; it is always there",
    84: "a permission to leave the detail out; it is always there",
    89: _A_CLIENTS,
    92: _NO_SUGGESTIONS,
    94: _NO_SUGGESTIONS,
    104: "a permission to leave links out; they are always there",
    106: _A_CLIENTS,
    108: "a permission to leave the address of the source out; it is always there",
    109: "the source's address is one page's, whoever the patient is; links lead to the patient's",
    111: "a card has no icon",
    112: "a card has no icon",
    113: "a card has no icon",
    116: "a permission to leave the topic out; it is always there",
    **dict.fromkeys(range(117, 126), _NO_SUGGESTIONS),
    **dict.fromkeys(range(127, 136), _NO_SUGGESTIONS),
    140: "a permission for addresses that lead into a record",
    144: "links are absolute and have no appContext; the rule is among those that every card keeps",
    145: "links are absolute and have no appContext",
    146: "links are absolute and have no appContext",
    168: _TLS,
    175: "mutual TLS is a permission; clients sign tokens",
    179: "mutual TLS is a permission; clients sign tokens",
    200: "a hint where algorithms are to be read of",
    206: _A_CLIENTS,
    210: "a permission that is not used: each hook has a service of its own",
    211: "no card is meant to replace another's: no two services have the same id",
    212: _A_CLIENTS,
    213: "an agreement between people",
    214: "a card has no extension",
    215: "a card has no extension",
}


def listed() -> dict[int, str]:
    if not LIST.is_file():
        pytest.skip(f"the list of requirements is not beside this checkout: ../shared/contracts/{LIST.name}")
    with LIST.open(encoding="utf-8", newline="") as rows:
        return {int(row["id"]): row["requirement"] for row in csv.DictReader(rows)}


@cache
def named_in(name: str) -> set[str]:
    tree = ast.parse((TESTS / name).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_numbered_requirement_has_its_test_or_its_reason_and_no_other_has() -> None:
    assert set(PROVED) | set(NEEDS_NONE) == set(listed())
    assert not set(PROVED) & set(NEEDS_NONE)


@pytest.mark.parametrize("number", PROVED)
def test_the_test_that_proves_a_requirement_is_there(number: int) -> None:
    name, _, test = PROVED[number].partition("::")
    assert test in named_in(name)

"""The guidance page names the rules and the sections of the code."""

import re

from service.domain.guidance.english.words import REQUESTS
from service.domain.guidance.report import Rule
from service.domain.guidance.statements import StatementSection
from tests.docs.markdown import read, table

PAGE = "docs/guidance.md"


def test_the_page_names_the_seven_rules_as_the_command_does() -> None:
    rows = {row["rule"]: row for row in table(PAGE, "The seven rules")}

    assert {number: row["name"] for number, row in rows.items()} == {
        str(int(rule)): rule.title for rule in Rule
    }
    assert all(request in rows["6"]["in plain words"] for request in set(REQUESTS.values()))


def test_the_page_names_the_sections_of_a_statement_in_their_order() -> None:
    _, _, rest = read(PAGE).partition("| section |")

    assert re.findall(r"^\| `(\w+)` \|", rest.partition("\n\n")[0], re.MULTILINE) == list(StatementSection)

"""The documentation uses the project's words, none that claims what nobody checked, and names each column."""

import re
from pathlib import Path

import pytest

from tests.docs.markdown import documents, name_of, prose

NOT_USED = re.compile(
    r"\b(?:safe|safely|safety|verified|verify|reconcil\w+|BPMH|clear|cleared|no interactions)\b",
    re.IGNORECASE,
)
# A command may be called what a sentence may not claim.
_CODE = re.compile(r"`[^`\n]*`")


@pytest.mark.parametrize("document", documents(), ids=name_of)
def test_no_document_uses_a_word_that_makes_a_claim(document: Path) -> None:
    said = _CODE.sub("", prose(document.read_text("utf-8")))

    assert NOT_USED.findall(said) == []


@pytest.mark.parametrize("document", documents(), ids=name_of)
def test_each_column_of_a_table_has_a_heading(document: Path) -> None:
    headings = re.findall(r"^\|(.+)\|\n\|[-:| ]+\|$", prose(document.read_text("utf-8")), re.MULTILINE)

    assert [row for row in headings if any(not cell.strip() for cell in row.split("|"))] == []

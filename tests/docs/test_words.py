"""The documentation uses the project's words, and none that claims what nobody checked."""

import re
from pathlib import Path

import pytest

from tests.docs.markdown import documents, name_of

NOT_USED = re.compile(
    r"\b(?:safe|safely|safety|verified|verify|reconcil\w+|BPMH|clear|cleared|no interactions)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("document", documents(), ids=name_of)
def test_no_document_uses_a_word_that_makes_a_claim(document: Path) -> None:
    assert NOT_USED.findall(document.read_text("utf-8")) == []

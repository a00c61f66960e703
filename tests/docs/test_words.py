"""The documentation uses the project's words, and none that claims what nobody checked."""

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

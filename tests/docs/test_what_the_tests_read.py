"""The tests of the documentation can fail: what they compare, and what they would miss."""

import json
from typing import Any

import pytest

from tests.docs.examples import is_as_shown
from tests.docs.markdown import Block, blocks, documents, name_of
from tests.docs.test_examples import GUIDES

README = "README.md"


def shown(content: Any) -> Block:
    return Block("json", json.dumps(content), 1)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ({"a": 1}, {"a": 1}),
        ({"a": 1, "b": 2}, {"a": 1, "…": "…"}),
        ({"a": [1, {"b": 2}]}, {"a": ["…", {"b": 2}]}),
        ({"a": None}, {"a": "…"}),
    ],
)
def test_an_answer_that_is_as_shown_is_taken(printed: Any, expected: Any) -> None:
    assert is_as_shown(json.dumps(printed), shown(expected))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ({"a": 2}, {"a": 1}),
        ({"a": 1, "b": 2}, {"a": 1}),
        ({"b": 2}, {"a": 1, "…": "…"}),
        ({"a": [1, 2, 3]}, {"a": ["…", "…"]}),
        ({"a": True}, {"a": 1}),
        ({"a": None}, {"a": {}}),
    ],
)
def test_an_answer_that_is_not_as_shown_is_found(printed: Any, expected: Any) -> None:
    assert not is_as_shown(json.dumps(printed), shown(expected))


@pytest.mark.parametrize("printed", ["200", "201\n201", "", "x201"])
def test_printed_lines_that_are_not_as_shown_are_found(printed: str) -> None:
    assert is_as_shown("201", Block("text", "201\n", 1))
    assert not is_as_shown(printed, Block("text", "201\n", 1))


def test_every_document_with_a_shell_example_is_run() -> None:
    with_examples = {
        name_of(document)
        for document in documents()
        if any(block.language == "sh" for block in blocks(name_of(document)))
    }

    assert with_examples == {README, *GUIDES}


@pytest.mark.parametrize("name", GUIDES)
def test_every_answer_that_is_shown_stands_below_the_example_that_gives_it(name: str) -> None:
    found = blocks(name)

    for before, block in zip([None, *found], found, strict=False):
        if block.language in ("json", "text"):
            assert before is not None, block.line
            assert before.language == "sh", block.line

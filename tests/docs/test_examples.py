"""Every shell example of the documentation is pasted into a shell, and answers as the documentation shows."""

from pathlib import Path

import pytest

from tests.docs.examples import is_as_shown, run_examples

GUIDES = (
    "docs/integrators.md",
    "docs/ehrs.md",
    "docs/cds-hooks.md",
    "docs/smart.md",
    "docs/guidance.md",
    "docs/operators.md",
    "docs/imports.md",
    "docs/erasing.md",
    "docs/data-requests.md",
)


@pytest.mark.parametrize("name", GUIDES)
def test_each_example_of_a_guide_is_run_and_prints_what_the_guide_shows(name: str, demo_folder: Path) -> None:
    # When every example of the guide is pasted, in order
    examples = run_examples(name, demo_folder)

    # Then each prints what stands below it
    for example in examples:
        if example.shown is not None:
            shown = f"{name}, line {example.shown.line}"
            assert is_as_shown(example.printed, example.shown), f"{shown}, printed: {example.printed}"

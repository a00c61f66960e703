"""Who reads no extensions reads every fact of an item in its narrative."""

from xml.etree.ElementTree import fromstring

import pytest

from service.domain.access.clinics import ItemExport
from service.domain.medications.items import Item, Status
from tests.domain.made_up import item
from tests.formats.fhir.writing.written_items import STATEMENT, WHOLE, written


def narrated(one: Item, style: ItemExport) -> list[str]:
    """The texts of the narrative, one for each paragraph and each line of its list."""
    told = written(one, style)["text"]
    assert told["status"] == "extensions"
    parts = fromstring(told["div"]).iter()  # noqa: S314 -- our own
    return ["".join(part.itertext()) for part in parts if part.tag.endswith(("}p", "}li"))]


@pytest.mark.parametrize("style", ItemExport)
def test_who_reads_no_extensions_reads_every_fact_in_the_narrative(style: ItemExport) -> None:
    said = narrated(WHOLE, style)

    assert said[0] == WHOLE.facts.called
    assert "Strength: 1.50 mg" in said
    for text in (
        "the white one",
        "drops",
        "last Tuesday",
        "my sister",
        "at noonor later",
        "water: 12",
    ):
        assert any(text in line for line in said), text


@pytest.mark.parametrize("style", ItemExport)
def test_a_name_that_looks_like_markup_stays_a_name_in_the_narrative(style: ItemExport) -> None:
    assert narrated(item(1, "</span><script>1 & 2</script>"), style) == ["</span><script>1 & 2</script>"]


def test_the_narrative_says_why_an_item_is_in_error_and_that_it_is_not_on_the_latest_list() -> None:
    slip = item(1, status=Status.ENTERED_IN_ERROR)

    assert "a slip" in narrated(slip, STATEMENT)
    assert "On an earlier list, not on the latest" in narrated(item(1, left_out_since=2), STATEMENT)

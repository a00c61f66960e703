"""The warning across every page of a sheet that is not to be used as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.checklists.guidance_today import GuidanceTold, guidance_to_tell, is_retired, worst_of
from service.domain.wording import Catalogue
from service.formats.isolated_text import IsolatedText, fixed, placed, recorded
from service.formats.printout.layout.facts import Fact, local_time


@dataclass(frozen=True, slots=True)
class Banner:
    """Why a sheet must not be used as it is: on every page, in words."""

    title: str
    texts: tuple[IsolatedText, ...]
    facts: tuple[Fact, ...]


def banner_of(document: Mapping[str, Any], state: Mapping[str, Any], words: Catalogue) -> Banner | None:
    """The warning, from what has become of the sheet; None for one that may be used as it is."""
    if state["withdrawn"] is not None:
        return _withdrawn(document, state["withdrawn"], words)
    told = guidance_to_tell(document, state)
    of_guidance = tuple(_guidance_text(one, document, words) for one in told)
    if state["status"] == "current":
        return Banner(words.text(f"guidance_status.{worst_of(told)}"), of_guidance, ()) if told else None
    key = "status.superseded_retired" if is_retired(state) else "status.superseded_more"
    text = words.text(key, version=document["list_version"], latest=state["latest_version"])
    return Banner(words.text("status.superseded"), (fixed(text), *of_guidance), ())


def _withdrawn(document: Mapping[str, Any], withdrawn: Mapping[str, Any], words: Catalogue) -> Banner:
    day = local_time(withdrawn["at"], document["time_zone"], words)
    facts = (
        Fact(words.text("sheet.withdrawn_by"), recorded(withdrawn["by"]["name"])),
        Fact(words.text("sheet.withdrawn_reason"), recorded(withdrawn["reason"])),
    )
    text = words.text("status.withdrawn_more", date=day)
    return Banner(words.text("status.withdrawn"), (fixed(text),), facts)


def _guidance_text(told: GuidanceTold, document: Mapping[str, Any], words: Catalogue) -> IsolatedText:
    places = {"name": told.name, "date": local_time(told.since, document["time_zone"], words)}
    return placed(words.texts[f"guidance_status_more.{told.status}"], places)

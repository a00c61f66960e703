"""An item as a program or a form sent it, parted into the item itself and who said it."""

from collections.abc import Mapping
from typing import Any

from service.actions.work import Work
from service.domain.attribution import Attribution

_WHO_SAID_IT = ("informant", "collection_mode")


def attribution_of(work: Work, sent: Mapping[str, Any]) -> Attribution:
    """Who said it and how, recorded by who is at work."""
    return work.attribution(*(sent.get(name) for name in _WHO_SAID_IT))


def facts_of(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent of the item itself."""
    return {name: value for name, value in sent.items() if name not in _WHO_SAID_IT}

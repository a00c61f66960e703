"""Texts of other systems as the service keeps texts."""

import re

from service.domain.text import TextFault, clean, fault_in

_BREAKS = re.compile(r"[\t\r\n]+")
_TABS = re.compile(r"\t+")


def repaired(text: str, *, lines: bool) -> str:
    """Tabs and line breaks, which R4 allows in every text, as blanks; ``lines`` keeps line breaks."""
    if text.isprintable():
        return text
    if lines:
        return _TABS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _BREAKS.sub(" ", text)


def text_fault(text: str, most: int, *, lines: bool) -> tuple[str | None, TextFault | None]:
    """The text as it is kept, None for a blank one, and why it cannot be."""
    fault = fault_in(text, most=most, lines=lines)
    return (None, fault) if fault else (clean(text) or None, None)

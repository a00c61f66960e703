"""The words that the pages share: moving about, buttons, faults, the log-in and errors."""

from collections.abc import Mapping

PAGES: Mapping[str, str] = {}

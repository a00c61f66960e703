"""The words of the page on which a checklist is marked and signed."""

from collections.abc import Mapping

CHECKLIST_PAGE: Mapping[str, str] = {}

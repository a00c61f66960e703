"""The words of the worklist, the search and the look-up of a code."""

from collections.abc import Mapping

WORKLIST: Mapping[str, str] = {}

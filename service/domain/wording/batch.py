"""The words of a day's print: the cover page of gaps and the names of sheets that fail."""

from collections.abc import Mapping

BATCH: Mapping[str, str] = {}

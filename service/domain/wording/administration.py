"""The words of the administrator's pages: staff, keys, settings and guidance."""

from collections.abc import Mapping

ADMINISTRATION: Mapping[str, str] = {}

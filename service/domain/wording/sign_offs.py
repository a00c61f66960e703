"""The words for signatures and marks on a sheet: who signed, what became of it, what was marked."""

from collections.abc import Mapping

SIGN_OFFS: Mapping[str, str] = {}

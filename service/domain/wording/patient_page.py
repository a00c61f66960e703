"""The words of the pages about one patient: the list, its changes and its history."""

from collections.abc import Mapping

PATIENT_PAGE: Mapping[str, str] = {}

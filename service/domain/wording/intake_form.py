"""The words of the form in which a patient tells what they take."""

from collections.abc import Mapping

INTAKE_FORM: Mapping[str, str] = {}

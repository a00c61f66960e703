"""Erasing a patient for good: why it may be done, and how a person says that it is this patient."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from service.domain.errors import Fault, RefusedError
from service.domain.patients.patients import Patient


class ErasureReason(StrEnum):
    """Why a patient is erased. It stays in the audit trail, so nobody writes it in words of their own."""

    PATIENT_ASKED = "patient_asked"
    KEPT_LONG_ENOUGH = "kept_long_enough"
    MADE_BY_MISTAKE = "made_by_mistake"


@dataclass(frozen=True, slots=True)
class Erasure:
    """That a patient was erased: what the audit trail keeps of it."""

    patient_id: UUID
    at: datetime
    reason: ErasureReason


@dataclass(frozen=True, slots=True)
class WhatGoes:
    """Whom an erasure is about, and how much there is of what it takes: numbers by what they count."""

    patient: Patient
    counts: Mapping[str, int]


def check_confirmed(patient: Patient, typed: str) -> None:
    """Raise RefusedError unless what was typed is one of the patient's identifiers, letter for letter."""
    known = {text for one in patient.identifiers for text in (one.value, f"{one.system}|{one.value}")}
    if typed.strip() not in known:
        detail = "This is not an identifier of this patient. Nothing was erased."
        raise RefusedError(Fault("/confirm", "not_this_patient", detail))

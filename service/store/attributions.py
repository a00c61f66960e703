"""An attribution as columns of a row, and as JSON within one; who did something, as columns."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from service.domain.attribution import (
    Attribution,
    CollectionMode,
    Informant,
    InformantKind,
    Recorder,
    RecorderKind,
)


def attribution_columns(attribution: Attribution) -> dict[str, Any]:
    """The columns that ``tables`` declares for an attribution, as plain values."""
    informant, recorder = attribution.informant, attribution.recorder
    return {
        "informant_kind": informant.kind.value if informant else None,
        "informant_name": informant.name if informant else None,
        "collection_mode": attribution.collection_mode.value if attribution.collection_mode else None,
        "recorder_kind": recorder.kind.value,
        "recorder_id": recorder.id,
        "recorder_name": recorder.name,
        "recorded_at": attribution.recorded_at,
    }


def attribution_of(row: Row[Any]) -> Attribution:
    """The attribution in a row that has all of its columns."""
    return Attribution(
        Informant(InformantKind(row.informant_kind), row.informant_name) if row.informant_kind else None,
        CollectionMode(row.collection_mode) if row.collection_mode else None,
        Recorder(RecorderKind(row.recorder_kind), row.recorder_id, row.recorder_name),
        row.recorded_at,
    )


def by_columns(by: Recorder, at: datetime) -> dict[str, Any]:
    """The columns that ``tables`` declares for who did something and when, as plain values."""
    return {"by_kind": by.kind.value, "by_id": by.id, "by_name": by.name, "at": at}


def recorder_of(row: Row[Any]) -> Recorder:
    """Who did it, in a row that has all of these columns."""
    return Recorder(RecorderKind(row.by_kind), row.by_id, row.by_name)


def attribution_to_json(attribution: Attribution) -> dict[str, Any]:
    """The same columns with the instant as text."""
    at = attribution.recorded_at.astimezone(UTC).isoformat()
    return {**attribution_columns(attribution), "recorded_at": at}


def attribution_from_json(kept: Mapping[str, Any]) -> Attribution:
    """What ``attribution_to_json`` made."""
    informant_kind, mode = kept["informant_kind"], kept["collection_mode"]
    return Attribution(
        Informant(InformantKind(informant_kind), kept["informant_name"]) if informant_kind else None,
        CollectionMode(mode) if mode else None,
        Recorder(RecorderKind(kept["recorder_kind"]), kept["recorder_id"], kept["recorder_name"]),
        datetime.fromisoformat(kept["recorded_at"]),
    )

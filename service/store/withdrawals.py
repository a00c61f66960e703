"""That something was taken back: by whom, when and why. It is kept alike of sheets and of signatures."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Table

from service.domain.attribution import Recorder, RecorderKind
from service.domain.checklists.checklist import Withdrawal
from service.store.attributions import by_columns


def withdrawal_columns(withdrawal: Withdrawal) -> dict[str, Any]:
    """The columns that ``tables`` declares for a withdrawal, as plain values."""
    return {**by_columns(withdrawal.by, withdrawal.at), "reason": withdrawal.reason}


def told_beside(withdrawals: Table) -> Sequence[ColumnElement[Any]]:
    """What a statement reads of a withdrawal beside what was taken back, for ``withdrawal_of``."""
    names = ("by_kind", "by_id", "by_name", "at", "reason")
    return [withdrawals.c[name].label(f"withdrawn_{name}") for name in names]


def withdrawal_of(row: Row[Any]) -> Withdrawal | None:
    """The withdrawal in a row that has what is ``told_beside``; None where nothing was taken back."""
    if row.withdrawn_at is None:
        return None
    by = Recorder(RecorderKind(row.withdrawn_by_kind), row.withdrawn_by_id, row.withdrawn_by_name)
    return Withdrawal(by, row.withdrawn_at, row.withdrawn_reason)

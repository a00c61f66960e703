"""OperationOutcome: what was wrong, or not kept, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """``error``: not taken; ``warning``: something may be missing; ``information``: worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to say about what was sent.

    ``code`` is of R4's required issue types (``required``, ``invalid``, ``not-supported``, …); ``detail`` a
    sentence for people, without any of the patient's data; ``expression`` a FHIRPath to the element, such as
    ``Bundle.entry[3].resource.status``.
    """

    severity: Severity
    code: str
    detail: str
    expression: str | None = None


def operation_outcome(issues: Iterable[Issue]) -> dict[str, Any]:
    """The issues as a resource; none at all is said too, since R4 demands one issue."""
    said = [_issue(issue) for issue in issues]
    return {
        "resourceType": "OperationOutcome",
        "issue": said or [_issue(Issue(Severity.INFORMATION, "informational", "All was taken."))],
    }


def _issue(issue: Issue) -> dict[str, Any]:
    said: dict[str, Any] = {
        "severity": issue.severity.value,
        "code": issue.code,
        "diagnostics": issue.detail,
    }
    if issue.expression:
        said["expression"] = [issue.expression]
    return said

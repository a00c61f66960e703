"""OperationOutcome: what was wrong, or not kept, and where."""

from collections.abc import Iterable
from typing import Any

from service.formats.findings import Issue, Severity


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

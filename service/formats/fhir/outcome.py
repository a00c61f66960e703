"""OperationOutcome: what was wrong, or not kept, and where; and which status of HTTP goes with it."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from service.domain.errors import Fault
from service.formats.findings import Issue, Severity

_CODES: Mapping[int, str] = MappingProxyType(
    {
        400: "invalid",
        401: "login",
        403: "forbidden",
        404: "not-found",
        405: "not-supported",
        406: "not-supported",
        409: "conflict",
        412: "conflict",
        413: "too-long",
        415: "not-supported",
        422: "processing",
        429: "throttled",
        503: "transient",
    }
)
"""R4's type of issue for what any door refuses, by the status of the refusal."""
_UNREADABLE = frozenset(
    {"invalid", "structure", "required", "value", "invariant", "code-invalid", "too-long"}
)
"""Issues of what is no R4; others are about what it says, or who says it."""
_FAULT_OF_OURS = 500


def operation_outcome(issues: Iterable[Issue]) -> dict[str, Any]:
    """The issues as a resource; none at all is said too, since R4 demands one issue."""
    said = [_issue(issue) for issue in issues]
    return {
        "resourceType": "OperationOutcome",
        "issue": said or [_issue(Issue(Severity.INFORMATION, "informational", "All was taken."))],
    }


def issues_of_refusal(status: int, detail: str, faults: Iterable[Fault] = ()) -> list[Issue]:
    """What any door refuses: an issue for each fault, or one that says what is said of all."""
    code = _CODES.get(status, "exception" if status >= _FAULT_OF_OURS else "processing")
    issues = [Issue(Severity.ERROR, code, fault.detail, fault.pointer or None) for fault in faults]
    return issues or [Issue(Severity.ERROR, code, detail)]


def status_of_refusal(issues: Iterable[Issue]) -> int:
    """400 where something is no R4, 409 where it only contradicts what is on file, else 422."""
    codes = {issue.code for issue in issues if issue.severity is Severity.ERROR}
    if codes & _UNREADABLE:
        return 400
    return 409 if codes == {"conflict"} else 422


def _issue(issue: Issue) -> dict[str, Any]:
    said: dict[str, Any] = {
        "severity": issue.severity.value,
        "code": issue.code,
        "diagnostics": issue.detail,
    }
    if issue.expression:
        said["expression"] = [issue.expression]
    return said

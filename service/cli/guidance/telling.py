"""What the commands say of the check's verdict on a statement."""

from service.domain.guidance.report import CheckReport, ReviewStatus, RuleRun, StatementReport
from service.domain.text import printable

REVIEW = {
    ReviewStatus.REVIEWED: "reviewed",
    ReviewStatus.NOT_REVIEWED: "not reviewed by a person",
    ReviewStatus.CHANGED_SINCE: "changed since it was reviewed",
}
_RUN = {RuleRun.PARTLY: "was run only in part", RuleRun.NOT: "was not run"}


def verdict(statement: StatementReport) -> str:
    """In a word or two, what the check decided."""
    return "accepted" if statement.accepted else "refused" if statement.refusals else "not decided"


def review_of(statement: StatementReport) -> str:
    """Whether a person reviewed it as it now is, its translations too."""
    if statement.review is ReviewStatus.REVIEWED and not statement.is_reviewed:
        return "a translation changed since it was reviewed"
    return REVIEW[statement.review]


def refusal_lines(statement: StatementReport) -> list[str]:
    """Each refusal with its rule, its word and the reason."""
    return [
        f"  rule {refusal.rule} ({refusal.rule.title}): “{printable(refusal.word)}” {refusal.detail}"
        for refusal in statement.refusals
    ]


def note_lines(statement: StatementReport) -> list[str]:
    """Each place that a reviewer should look at."""
    return [
        f"  look at {', '.join(map(str, note.sentences))}: “{printable(note.words)}” {note.detail}"
        for note in statement.notes
    ]


def rules_not_run(report: CheckReport) -> list[str]:
    """Each rule that was not run, or only in part, with the reason."""
    return [
        f"Rule {entry.rule} ({entry.rule.title}) {_RUN[entry.run]}: {entry.reason}."
        for entry in report.rules
        if entry.run is not RuleRun.WHOLE
    ]

"""What the guidance check says: the rules, and a verdict on each statement with its refusals and notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from service.domain.errors import ConflictError
from service.domain.sentences.numbering import SentenceNumber


class Rule(IntEnum):
    """The seven rules; a statement is accepted only when rules 1 to 6 hold."""

    DOCUMENT = 1
    WORDS = 2
    NAMES = 3
    TURNS = 4
    HEDGES = 5
    REQUESTS = 6
    REVIEW = 7

    @property
    def title(self) -> str:
        """What the rule asks for, in a few words."""
        return _TITLES[self]


_TITLES = {
    Rule.DOCUMENT: "the document is the one cited",
    Rule.WORDS: "every word comes from the cited sentences or is plain",
    Rule.NAMES: "numbers, codes and names stand as in the cited sentences",
    Rule.TURNS: "no turn of meaning",
    Rule.HEDGES: "no hardening",
    Rule.REQUESTS: "no new instruction",
    Rule.REVIEW: "reviewed by a person",
}


class ReviewStatus(StrEnum):
    """Whether a person compared a text, as it now is, with its sentences."""

    REVIEWED = "reviewed"
    NOT_REVIEWED = "not_reviewed"
    CHANGED_SINCE = "changed_since_review"


class RuleRun(StrEnum):
    """How much of a rule was run."""

    WHOLE = "run"
    PARTLY = "partly_run"
    NOT = "not_run"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a statement is refused: the rule, the word at fault (or the citation) and a sentence for people."""

    statement: str
    rule: Rule
    word: str
    detail: str


class NoteCode(StrEnum):
    """What a reviewer is asked to look at. A note refuses nothing."""

    CONDITION_DROPPED = "condition_dropped"
    NEGATION_DROPPED = "negation_dropped"
    LIMIT_DROPPED = "limit_dropped"
    ROWS_COMBINED = "rows_combined"
    COLUMNS_MOVED = "columns_moved"
    PARAGRAPHS_COMBINED = "paragraphs_combined"

    @property
    def detail(self) -> str:
        """What was found of the words of the cited sentences, in a sentence without its subject."""
        return _DETAILS[self]


_DETAILS = {
    NoteCode.CONDITION_DROPPED: "says when it holds, and the statement leaves that out or says it otherwise",
    NoteCode.NEGATION_DROPPED: "says no, and the statement nowhere does",
    NoteCode.LIMIT_DROPPED: "is a limit or a share, and the statement has the bare number",
    NoteCode.ROWS_COMBINED: "puts words of several rows into one sentence",
    NoteCode.COLUMNS_MOVED: "gives a number to another column than the row does",
    NoteCode.PARAGRAPHS_COMBINED: "puts words of several paragraphs into one sentence",
}


@dataclass(frozen=True, slots=True)
class Note:
    """A place to look at in the review: what it is, the cited sentences and their words it is about."""

    code: NoteCode
    sentences: tuple[SentenceNumber, ...]
    words: str

    @property
    def detail(self) -> str:
        """The note for people, as a refusal's is: ``words`` are its subject."""
        return self.code.detail


@dataclass(frozen=True, slots=True)
class RuleReport:
    """How much of one rule was run and, where not all of it, why."""

    rule: Rule
    run: RuleRun
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StatementReport:
    """The verdict on one statement. ``review`` is reported apart and does not decide ``accepted``.

    ``digest`` is what a review of it is bound to; None where its sentences cannot be told. ``notes`` say what
    a reviewer should look at, whether it is accepted or not.
    """

    id: str
    decided: bool
    refusals: tuple[Refusal, ...]
    review: ReviewStatus
    digest: str | None = None
    translations: Mapping[str, ReviewStatus] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @property
    def is_reviewed(self) -> bool:
        """Whether a person compared its text, as it now is, and no translation changed since its review."""
        stale = ReviewStatus.CHANGED_SINCE in self.translations.values()
        return self.review is ReviewStatus.REVIEWED and not stale

    @property
    def accepted(self) -> bool:
        """Whether rules 1 to 6 were all run and all hold."""
        return self.decided and not self.refusals


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The verdicts in the file's order, and which rules were run."""

    statements: tuple[StatementReport, ...]
    rules: tuple[RuleReport, ...]

    @property
    def accepted(self) -> bool:
        """Whether every statement is accepted."""
        return all(statement.accepted for statement in self.statements)

    @property
    def reviewed(self) -> bool:
        """Rule 7: whether every statement, as it now is, was reviewed."""
        return all(statement.is_reviewed for statement in self.statements)


class UnpublishableError(ConflictError):
    """Guidance that is not published: ``not_accepted`` or, where only reviews are missing, ``not_reviewed``.

    ``report`` is the check's, which tells why of each statement.
    """

    def __init__(self, report: CheckReport) -> None:
        refused = [each.id for each in report.statements if not each.accepted]
        unreviewed = [each.id for each in report.statements if not each.is_reviewed]
        details = [f"Refused by the check: {', '.join(refused)}."] if refused else []
        details += [f"Not reviewed: {', '.join(unreviewed)}."] if unreviewed else []
        super().__init__(" ".join(details), code="not_accepted" if refused else "not_reviewed")
        self.report = report

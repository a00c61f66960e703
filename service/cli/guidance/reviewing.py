"""``guidance review``: a person compares one statement at a time with the sentences that it cites."""

import shlex
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import click

from service.actions.clock import utc_now
from service.actions.stems import stem_of
from service.cli.guidance.files import guidance_or_exit, replace_or_exit, text_or_exit
from service.cli.guidance.telling import note_lines, refusal_lines, rules_not_run
from service.cli.kept_text import KEPT_TEXT
from service.domain.guidance.check import check
from service.domain.guidance.report import ReviewStatus, RuleRun, StatementReport
from service.domain.guidance.statements import Guidance, Review, Statement, review_digest, text_digest
from service.domain.sentences.numbering import Sentence, SentenceNumber, number_sentences
from service.domain.text import printable
from service.formats.guidance_file.writing import add_review

_QUESTION = "Does the text say what these sentences say, and nothing else? y: yes, n: no, q: stop."


class _Answer(StrEnum):
    YES = "y"
    NO = "n"
    STOP = "q"


_ANSWERS = click.Choice([answer.value for answer in _Answer])


@dataclass(frozen=True, slots=True)
class _Text:
    """A text to be reviewed: a statement's own, or its translation into ``language``.

    ``digest`` is what its review is bound to.
    """

    statement: Statement
    report: StatementReport
    sentences: tuple[Sentence, ...]
    text: str
    state: ReviewStatus
    digest: str
    language: str | None = None

    @property
    def name(self) -> str:
        return self.statement.id if self.language is None else f"{self.statement.id} ({self.language})"


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("statement", required=False)
@click.option("--document", required=True, type=click.Path(path_type=Path), help="The cited document.")
@click.option("--by", required=True, type=KEPT_TEXT, metavar="NAME", help="The person who reviews.")
def review(file: Path, statement: str | None, document: Path, by: str) -> None:
    """Review what is not reviewed in FILE: one statement at a time, or the one that is named.

    Shows a text above its sentences and asks whether it says what they say. A yes is written into FILE at
    once; a no leaves the statement as it is. What the check refuses cannot be reviewed. The exit status is 0
    when all that was asked for is reviewed now, 1 when something is not, and 2 when a file cannot be read.

    \b
    Example:
      medication-checklist guidance review examplinib.toml --document leaflet.txt \\
          --by "Test Reviewer 01"
    """
    kept, content = text_or_exit(file), text_or_exit(document)
    texts = _texts_or_exit(guidance_or_exit(file, kept), content, statement)
    left: list[_Text] = []
    for place, text in enumerate(texts, start=1):
        click.echo(f"\n{place} of {len(texts)}: {text.name}, in the section “{text.statement.section}”")
        answer = _answer_for(text)
        if answer is _Answer.STOP:
            left += texts[place - 1 :]
            break
        if answer is _Answer.YES:
            kept = _write_or_exit(file, kept, text, Review(by, utc_now().date(), text.digest))
        else:
            left.append(text)
    _conclude(file, document, content, left)


def _texts_or_exit(guidance: Guidance, content: str, name: str | None) -> list[_Text]:
    """What is to be reviewed, each statement before its translations."""
    report = check(guidance, content, stem_of(guidance.document.language))
    if any(entry.run is not RuleRun.WHOLE for entry in report.rules):
        click.echo("\n".join(("Nothing can be reviewed.", *rules_not_run(report))), err=True)
        sys.exit(1)
    chosen = [
        (statement, verdict)
        for statement, verdict in zip(guidance.statements, report.statements, strict=True)
        if name in {None, statement.id}
    ]
    if not chosen:
        ids = ", ".join(statement.id for statement in guidance.statements)
        click.echo(f"There is no statement {name!r}. There are: {ids}.", err=True)
        sys.exit(2)
    sentences = {sentence.number: sentence for sentence in number_sentences(content)}
    return [
        text
        for statement, verdict in chosen
        for text in _texts_of(statement, verdict, guidance.document.sha256, sentences)
        if text.state is not ReviewStatus.REVIEWED
    ]


def _texts_of(
    statement: Statement, report: StatementReport, sha256: str, known: Mapping[SentenceNumber, Sentence]
) -> Iterator[_Text]:
    sentences = tuple(known[number] for number in statement.cites if number in known)
    said: list[tuple[str | None, str, ReviewStatus]] = [(None, statement.text, report.review)]
    said += [
        (each.language, each.text, report.translations[each.language]) for each in statement.translations
    ]
    for language, text, state in said:
        digest = review_digest(
            text_digest(sha256, text, statement.cites), tuple(sentence.text for sentence in sentences)
        )
        yield _Text(statement, report, sentences, text, state, digest, language)


def _answer_for(text: _Text) -> _Answer:
    """Show a text above its sentences and ask; what the check refuses is shown, and not asked about."""
    click.echo(f"\n  {printable(text.text)}\n")
    for sentence in text.sentences:
        click.echo(f"    {sentence.line}")
    click.echo()
    if not text.report.accepted:
        click.echo(
            "\n".join(("The check refuses it, so it cannot be reviewed:", *refusal_lines(text.report)))
        )
        return _Answer.NO
    for line in note_lines(text.report):
        click.echo(line)
    if text.state is ReviewStatus.CHANGED_SINCE:
        click.echo("It was reviewed, and the text or its sentences changed since.")
    try:
        return _Answer(click.prompt(_QUESTION, prompt_suffix=" ", type=_ANSWERS, show_choices=False))
    except click.Abort:
        click.echo()
        return _Answer.STOP


def _write_or_exit(file: Path, kept: str, text: _Text, review: Review) -> str:
    """Write a review into the file at once, unless the file was changed meanwhile; gives its new text."""
    if text_or_exit(file) != kept:
        click.echo(f"{file} was changed meanwhile. This review was not written; begin again.", err=True)
        sys.exit(1)
    reviewed = add_review(kept, text.statement.id, review, text.language)
    replace_or_exit(file, reviewed)
    click.echo(f"Written: reviewed by {review.by} on {review.on}.")
    return reviewed


def _conclude(file: Path, document: Path, content: str, left: list[_Text]) -> None:
    """Say what is left and what comes next; ends the command with status 1 where anything is left."""
    guidance = guidance_or_exit(file)
    report = check(guidance, content, stem_of(guidance.document.language))
    waiting = sum(not statement.is_reviewed for statement in report.statements)
    refused = [statement.id for statement in report.statements if not statement.accepted]
    click.echo(f"\n{len(report.statements) - waiting} of {len(report.statements)} statements are reviewed.")
    if refused:
        click.echo(f"Refused by the check: {', '.join(refused)}. Edit them, and begin again.")
    elif not waiting:
        named = f"{shlex.quote(str(file))} --document {shlex.quote(str(document))}"
        click.echo(f"Next: medication-checklist guidance publish {named} --clinic NAME --by LOGIN")
    sys.exit(1 if left else 0)

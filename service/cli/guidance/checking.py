"""``guidance check``: whether each statement says only what its document says."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from service.actions.stems import stem_of
from service.cli.guidance.files import guidance_or_exit, text_or_exit
from service.cli.guidance.telling import REVIEW, note_lines, refusal_lines, rules_not_run, verdict
from service.domain.guidance.check import check
from service.domain.guidance.drafting import uncited
from service.domain.guidance.report import CheckReport, ReviewStatus, StatementReport
from service.domain.guidance.statements import Statement
from service.domain.sentences.numbering import number_sentences


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--document", type=click.Path(path_type=Path), help="The cited document, as a UTF-8 text file.")
@click.option("--uncited", "whole", is_flag=True, help="Print the sentences that no statement cites.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check_file(file: Path, document: Path | None, *, whole: bool, form: str) -> None:
    """Check that each statement in FILE says only what the sentences it cites say.

    Without --document only the rules that need no document are run, and no statement is accepted. The
    exit status is 0 when all are accepted, 1 when one is not, and 2 when a file cannot be read.

    \b
    Example:
      medication-checklist guidance check sorafenib.toml --document overview.txt
    """
    found = guidance_or_exit(file)
    text = None if document is None else text_or_exit(document)
    report = check(found, text, stem_of(found.document.language))
    click.echo(_as_json(report) if form == "json" else _as_text(report))
    for line in (*rules_not_run(report), *_uncited_lines(text, found.statements, whole=whole)):
        click.echo(line, err=form == "json")
    sys.exit(0 if report.accepted else 1)


def _as_json(report: CheckReport) -> str:
    statements = [_statement(statement) for statement in report.statements]
    return json.dumps(statements, indent=2, ensure_ascii=False)


def _statement(statement: StatementReport) -> dict[str, object]:
    return {
        "id": statement.id,
        "accepted": statement.accepted,
        "refusals": [
            {"rule": int(refusal.rule), "word": refusal.word, "detail": refusal.detail}
            for refusal in statement.refusals
        ],
        "notes": [
            {
                "code": note.code.value,
                "sentences": [str(number) for number in note.sentences],
                "words": note.words,
                "detail": note.detail,
            }
            for note in statement.notes
        ],
        "review": statement.review.value,
        "digest": statement.digest,
        "translation_reviews": {language: state.value for language, state in statement.translations.items()},
    }


def _as_text(report: CheckReport) -> str:
    lines = [line for statement in report.statements for line in _statement_lines(statement)]
    accepted = sum(statement.accepted for statement in report.statements)
    lines += ["", f"{accepted} of {len(report.statements)} statements accepted."]
    if not report.reviewed:
        lines.append("Not everything is reviewed; guidance that is not cannot be published.")
    return "\n".join(lines)


def _statement_lines(statement: StatementReport) -> list[str]:
    lines = [f"{statement.id}: {verdict(statement)}, {REVIEW[statement.review]}"]
    if statement.accepted and statement.review is not ReviewStatus.REVIEWED:
        lines.append(f"  digest for its review: {statement.digest}")
    lines += [f"  translation {tag}: {REVIEW[state]}" for tag, state in statement.translations.items()]
    return lines + refusal_lines(statement) + note_lines(statement)


def _uncited_lines(text: str | None, statements: Sequence[Statement], *, whole: bool) -> list[str]:
    """How many sentences no statement cites, or each of them."""
    left = () if text is None else uncited(text, statements)
    if not left:
        return []
    if whole:
        return ["Cited by no statement:", *(f"  {sentence.line}" for sentence in left)]
    number = len(number_sentences(text or ""))
    return [f"Cited by no statement: {len(left)} of {number} sentences; --uncited prints them."]

"""``guidance``: its commands, and the check of guidance files against the documents they cite."""

import json
import sys
from pathlib import Path

import click

from service.actions.guidance import stem_of
from service.cli.guidance_coverage import coverage
from service.cli.guidance_files import guidance_or_exit, text_or_exit
from service.cli.guidance_publishing import list_published, publish
from service.domain.guidance_check import check
from service.domain.guidance_report import CheckReport, Note, ReviewState, RuleRun, StatementReport

_REVIEW = {
    ReviewState.REVIEWED: "reviewed",
    ReviewState.NOT_REVIEWED: "not reviewed by a person",
    ReviewState.CHANGED_SINCE: "changed since it was reviewed",
}
_RUN = {RuleRun.PARTLY: "was run only in part", RuleRun.NOT: "was not run"}


@click.group()
def guidance() -> None:
    """Statements about a treatment, and the documents that they cite."""


for command in (coverage, list_published, publish):
    guidance.add_command(command)


@guidance.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--document", type=click.Path(path_type=Path), help="The cited document, as a UTF-8 text file.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check_file(file: Path, document: Path | None, form: str) -> None:
    """Check that each statement in FILE says only what the sentences it cites say.

    Without --document only the rules that need no document are run, and no statement is accepted. The
    exit status is 0 when all are accepted, 1 when one is not, and 2 when a file cannot be read.

    \b
    Example:
      medication-checklist guidance check seed/guidance/sorafenib.toml --document overview.txt
    """
    found = guidance_or_exit(file)
    report = check(
        found,
        None if document is None else text_or_exit(document),
        stem_of(found.document.language),
    )
    click.echo(_as_json(report) if form == "json" else _as_text(report))
    if form == "json":
        for line in _rules_not_run(report):
            click.echo(line, err=True)
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
    lines += ["", f"{accepted} of {len(report.statements)} statements accepted.", *_rules_not_run(report)]
    if not report.reviewed:
        lines.append("Not everything is reviewed; guidance that is not cannot be published.")
    return "\n".join(lines)


def _statement_lines(statement: StatementReport) -> list[str]:
    verdict = "accepted" if statement.accepted else "refused" if statement.refusals else "not decided"
    lines = [f"{statement.id}: {verdict}, {_REVIEW[statement.review]}"]
    if statement.accepted and statement.review is not ReviewState.REVIEWED:
        lines.append(f"  digest for its review: {statement.digest}")
    lines += [f"  translation {tag}: {_REVIEW[state]}" for tag, state in statement.translations.items()]
    lines += [
        f"  rule {refusal.rule} ({refusal.rule.title}): {_visible(refusal.word)} {refusal.detail}"
        for refusal in statement.refusals
    ]
    return lines + [
        f"  look at {_numbers(note)}: {_visible(note.words)} {note.detail}" for note in statement.notes
    ]


def _numbers(note: Note) -> str:
    return ", ".join(str(number) for number in note.sentences)


def _visible(word: str) -> str:
    return f"“{word}”" if word.isprintable() else repr(word)


def _rules_not_run(report: CheckReport) -> list[str]:
    return [
        f"Rule {entry.rule} ({entry.rule.title}) {_RUN[entry.run]}: {entry.reason}."
        for entry in report.rules
        if entry.run is not RuleRun.WHOLE
    ]

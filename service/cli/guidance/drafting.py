"""``guidance draft``: a guidance file to edit, made from a document's own sentences."""

import hashlib
import re
import shlex
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import click

from service.cli.guidance.files import text_or_exit
from service.cli.kept_text import KEPT_TEXT
from service.domain.errors import RefusedError
from service.domain.guidance.drafting import drafted, uncited
from service.domain.guidance.languages import LANGUAGES, is_written_in, language_of
from service.domain.guidance.statements import Guidance, SourceDocument, Statement, Treatment
from service.domain.sentences.numbering import SentenceNumber, number_sentences
from service.formats.guidance_file.reading import IDENTIFIER
from service.formats.guidance_file.writing import write_guidance


def _identifier(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    if text is None or IDENTIFIER.fullmatch(text):
        return text
    raise click.BadParameter("Write small letters, digits and hyphens, such as two-words.")


def _numbers(
    _context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]
) -> tuple[SentenceNumber, ...] | None:
    try:
        return tuple(map(SentenceNumber.parse, texts)) or None
    except ValueError as error:
        raise click.BadParameter(f"{error}.") from None


@click.command()
@click.argument("text", type=click.Path(path_type=Path))
@click.option("--treatment-id", required=True, callback=_identifier, metavar="ID", help="It, for programs.")
@click.option("--treatment", required=True, type=KEPT_TEXT, metavar="NAME", help="It, as sheets name it.")
@click.option("--title", required=True, type=KEPT_TEXT, help="The document's title, as sheets name it.")
@click.option("--id", "identifier", callback=_identifier, help="The document's id.  [default: by its file]")
@click.option("--language", metavar="TAG", help="Such as en or es.  [default: as the text is written]")
@click.option("--sentence", "only", multiple=True, callback=_numbers, metavar="5.2", help="Only this one.")
@click.option("--output", type=click.Path(path_type=Path), help="The file.  [default: ID.toml]")
def draft(
    *,
    text: Path,
    treatment_id: str,
    treatment: str,
    title: str,
    identifier: str | None,
    language: str | None,
    only: tuple[SentenceNumber, ...] | None,
    output: Path | None,
) -> None:
    """Number the sentences of TEXT and write a guidance file of them, for a person to edit.

    Each statement stands in the document's own words, in a section that is a mere proposal, and nothing is
    reviewed. Sentences that no statement cites are listed on standard error. A file that is there already is
    left alone. The exit status is 2 when nothing was written.

    \b
    Example:
      medication-checklist guidance draft leaflet.txt --treatment-id examplinib \\
          --treatment Examplinib --title "Examplinib: a leaflet"
    """
    content = text_or_exit(text)
    tag = _language_or_exit(content, language)
    statements = _drafted_or_exit(text, content, tag, only)
    sentences = number_sentences(content)
    digest = hashlib.sha256(content.encode()).hexdigest()
    document_id = identifier or _id_of(text, treatment_id)
    document = SourceDocument(document_id, title, tag, text.name, digest, len(sentences))
    guidance = Guidance(document, Treatment(treatment_id, treatment), statements)
    file = output or Path(f"{treatment_id}.toml")
    _write_or_exit(file, write_guidance(guidance, sentences))
    _tell_of(file, text, guidance, len(sentences))
    for sentence in uncited(content, statements):
        click.echo(f"Cited by no statement: {sentence.line}", err=True)


def _tell_of(file: Path, text: Path, guidance: Guidance, sentences: int) -> None:
    """Say what was drafted, and what comes next."""
    statements = _counted(len(guidance.statements), "statement")
    click.echo(
        f"{file}: {statements} from {_counted(sentences, 'sentence')} "
        f"in “{guidance.document.language}”, none reviewed.\n"
        f"Edit it, then: medication-checklist guidance check {shlex.quote(str(file))} "
        f"--document {shlex.quote(str(text))}"
    )


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _language_or_exit(content: str, tag: str | None) -> str:
    written_in = next(language for language in LANGUAGES if is_written_in(content, language))
    if tag is None:
        return written_in.tag
    known = language_of(tag)
    if known is None:
        names = " and ".join(language.tag for language in LANGUAGES)
        click.echo(f"The rules do not know the language “{tag}”; they know {names}.", err=True)
        sys.exit(2)
    if not is_written_in(content, known):
        click.echo(
            f"The text is not written in “{tag}”, by its words. They speak for “{written_in.tag}”.", err=True
        )
        sys.exit(2)
    return tag


def _drafted_or_exit(
    text: Path, content: str, tag: str, only: Sequence[SentenceNumber] | None
) -> tuple[Statement, ...]:
    try:
        statements = drafted(content, tag, only)
    except RefusedError as error:
        click.echo("\n".join(fault.detail for fault in error.faults), err=True)
        sys.exit(2)
    if statements:
        return statements
    if number_sentences(content):
        click.echo(f"{text} has headings only. Name the sentences that you want: --sentence 1.1", err=True)
    else:
        click.echo(f"{text} has no sentence.", err=True)
    sys.exit(2)


def _id_of(text: Path, treatment_id: str) -> str:
    """The file's name as an id, or the treatment's where nothing of the name can stand in one."""
    plain = unicodedata.normalize("NFKD", text.stem.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or treatment_id


def _write_or_exit(file: Path, content: str) -> None:
    try:
        with file.open("x", encoding="utf-8", newline="") as new:
            new.write(content)
    except FileExistsError:
        click.echo(f"{file} is there already. Nothing was written.", err=True)
    except OSError as error:
        click.echo(f"{file} cannot be written: {error.strerror}.", err=True)
    else:
        return
    sys.exit(2)

"""Writes guidance files: a draft beside its sentences, and a review into a file that people edit.

What is written is read back by ``reading.read_guidance`` as what was meant.
"""

from collections.abc import Sequence

import tomlkit
from tomlkit.items import AoT, Comment, InlineTable, Table, Whitespace

from service.domain.codings import Coding
from service.domain.guidance.statements import Guidance, Review, Statement, Translation
from service.domain.sentences.numbering import Sentence

_HEAD = (
    "A draft: each statement stands in the document's own words, below the sentences that it cites.",
    "Edit the texts, put each into the section where it belongs (tell, why, report, follow_up, about) and",
    "delete the statements that no sheet needs. A sentence that no statement cites stands where it would be.",
)


def write_guidance(guidance: Guidance, sentences: Sequence[Sentence]) -> str:
    """The text of a guidance file, each sentence of the document as a comment beside what cites it."""
    file = tomlkit.document()
    for line in _HEAD:
        file.add(tomlkit.comment(line))
    file.add(tomlkit.nl())
    file["document"] = _document(guidance)
    file["treatment"] = last = _treatment(guidance)
    left = _uncited(guidance, sentences)
    words = {sentence.number: sentence for sentence in sentences}
    statements = tomlkit.aot()
    for statement in guidance.statements:
        before = [each for each in left if each.number < max(statement.cites)]
        left = left[len(before) :]
        _note(last, before)
        last = _statement(statement, [words[number] for number in statement.cites if number in words])
        statements.append(last)
    _note(last, left)
    file["statements"] = statements
    return tomlkit.dumps(file)


def add_review(toml: str, statement_id: str, review: Review, language: str | None = None) -> str:
    """The file's text with a review of one statement, or of its translation, and all else as it stood."""
    file = tomlkit.parse(toml)
    statements = file["statements"]
    if not isinstance(statements, AoT | list):
        raise TypeError("the file has no list of statements")
    reviewed = next(entry for entry in statements if entry["id"] == statement_id)
    _put_review(reviewed if language is None else reviewed["translations"][language], review)
    return tomlkit.dumps(file)


def _put_review(entry: Table | InlineTable, review: Review) -> None:
    """Write the review in place of one that is there, or else behind the entry's last value.

    What stands below, blank lines and comments, stays in front of the next entry.
    """
    below = _cut_below(entry.get("reviewed", entry))
    if "reviewed" not in entry:
        entry["reviewed"] = tomlkit.inline_table() if isinstance(entry, InlineTable) else tomlkit.table()
        below = below or [tomlkit.nl()]
    reviewed = entry["reviewed"]
    reviewed.update(_review(review))
    for item in below:
        reviewed.add(item)


def _cut_below(table: Table | InlineTable) -> list[Whitespace | Comment]:
    """Take off the blank lines and comments behind a table's last value; one within a line has none."""
    below: list[Whitespace | Comment] = []
    body = table.value.body
    while isinstance(table, Table) and isinstance(last := body[-1][1], Whitespace | Comment):
        below.insert(0, last)
        body.pop()
    return below


def _document(guidance: Guidance) -> Table:
    document = guidance.document
    table = tomlkit.table()
    for key in ("id", "title", "language", "file", "sha256"):
        table[key] = getattr(document, key)
    if document.sentences is not None:
        table["sentences"] = document.sentences
    return table


def _treatment(guidance: Guidance) -> Table:
    table = tomlkit.table()
    table["id"], table["name"] = guidance.treatment.id, guidance.treatment.name
    table["codings"] = codings = tomlkit.array()
    codings.extend(_coding(coding) for coding in guidance.treatment.codings)
    return table


def _coding(coding: Coding) -> InlineTable:
    table = tomlkit.inline_table()
    table.update({"system": coding.system, "code": coding.code})
    if coding.display is not None:
        table["display"] = coding.display
    return table


def _statement(statement: Statement, cited: Sequence[Sentence]) -> Table:
    table = tomlkit.table()
    for sentence in cited:
        table.add(tomlkit.comment(sentence.line))
    table["id"], table["section"] = statement.id, statement.section.value
    table["text"], table["cites"] = statement.text, [str(number) for number in statement.cites]
    if statement.review:
        table["reviewed"] = _inline(_review(statement.review))
    if statement.translations:
        table["translations"] = translations = tomlkit.table(is_super_table=True)
        for translation in statement.translations:
            translations[translation.language] = _translation(translation)
    return table


def _translation(translation: Translation) -> Table:
    table = tomlkit.table()
    table["text"] = translation.text
    if translation.review:
        table["reviewed"] = _inline(_review(translation.review))
    return table


def _review(review: Review) -> Table:
    table = tomlkit.table()
    table["by"], table["on"] = review.by, review.on
    if review.digest:
        table["digest"] = review.digest
    return table


def _inline(table: Table) -> InlineTable:
    inline = tomlkit.inline_table()
    inline.update(table)
    return inline


def _uncited(guidance: Guidance, sentences: Sequence[Sentence]) -> list[Sentence]:
    cited = {number for statement in guidance.statements for number in statement.cites}
    return [sentence for sentence in sentences if sentence.number not in cited]


def _note(table: Table, sentences: Sequence[Sentence]) -> None:
    """Say below a table which sentences, that stand there in the document, nothing cites."""
    if sentences:
        table.add(tomlkit.nl())
    for sentence in sentences:
        table.add(tomlkit.comment(f"cited by no statement: {sentence.line}"))

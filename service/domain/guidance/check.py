"""Decides whether guidance says only what its document says. The default is to refuse.

The check finds added and turned words. It does not understand: a recombination of cited words that passes
every rule and says something else is what the review by a person is for; notes lead its eye.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from service.domain.guidance.language import Language
from service.domain.guidance.languages import LANGUAGES, language_of
from service.domain.guidance.lexis import invented, misnamed, unplain
from service.domain.guidance.notes import Beside, notes
from service.domain.guidance.report import (
    CheckReport,
    Note,
    Refusal,
    ReviewStatus,
    Rule,
    RuleReport,
    RuleRun,
    StatementReport,
)
from service.domain.guidance.source import Source
from service.domain.guidance.statements import Guidance, Review, Statement, review_digest, text_digest
from service.domain.guidance.words import Cited, Finding, Stem, tokens_of


def check(guidance: Guidance, document_text: str | None, stem: Stem) -> CheckReport:
    """Check every statement; ``stem`` gives the stem of a word of the document's language.

    Without the document's text the rules that need only the file are run, and no statement is accepted.
    """
    source = Source(guidance.document, document_text)
    rules = _rules_run(source)
    decided = all(report.run is RuleRun.WHOLE for report in rules)
    known_stem = cache(stem)
    reports = []
    for statement in guidance.statements:
        cited = _cited(source, statement, guidance.treatment.name, known_stem)
        refusals = tuple(_refusals(source, statement, cited))
        reports.append(
            StatementReport(
                statement.id,
                decided,
                refusals,
                *_reviews(guidance, statement, source),
                notes=_notes(source, statement, cited),
            )
        )
    return CheckReport(tuple(reports), rules)


def _notes(source: Source, statement: Statement, cited: Cited | None) -> tuple[Note, ...]:
    sentences, known = source.cited(statement), language_of(source.document.language)
    if sentences is None or cited is None or known is None:
        return ()
    return tuple(
        notes(cited.read(statement.text), Beside(tuple(sentences), source.headers, cited, known.notable))
    )


def _reviews(
    guidance: Guidance, statement: Statement, source: Source
) -> tuple[ReviewStatus, str | None, Mapping[str, ReviewStatus]]:
    """Rule 7 for a statement, the digest that its review is bound to, and rule 7 for its translations."""
    sentences = source.cited(statement)
    cited = None if sentences is None else tuple(sentences.values())
    digest = guidance.digest(statement)
    translations = {
        each.language: review_status(
            each.review, text_digest(guidance.document.sha256, each.text, statement.cites), cited
        )
        for each in statement.translations
    }
    bound = None if cited is None else review_digest(digest, cited)
    return review_status(statement.review, digest, cited), bound, translations


def review_status(review: Review | None, digest: str, cited: tuple[str, ...] | None) -> ReviewStatus:
    """Rule 7 for one text: a review holds for the digest it is bound to, and without one for nothing.

    ``digest`` is the ``text_digest``; where the cited sentences cannot be told, only that is compared.
    """
    if review is None or not review.digest:
        return ReviewStatus.NOT_REVIEWED
    holds = review.of_text == digest if cited is None else review.digest == review_digest(digest, cited)
    return ReviewStatus.REVIEWED if holds else ReviewStatus.CHANGED_SINCE


def _rules_run(source: Source) -> tuple[RuleReport, ...]:
    full, partly, none = RuleRun.WHOLE, RuleRun.PARTLY, RuleRun.NOT
    if source.text is None:
        why = "the document's text was not given"
        runs = {
            Rule.DOCUMENT: partly,
            Rule.WORDS: partly,
            Rule.TURNS: partly,
            Rule.REQUESTS: partly,
            Rule.REVIEW: full,
        }
    elif language_of(source.document.language) is None:
        why = f"the rules do not know the language “{source.document.language}”"
        runs = {Rule.DOCUMENT: full, Rule.WORDS: partly, Rule.REVIEW: full}
    elif not source.is_the_document:
        why = "the text given is another document"
        runs = {Rule.DOCUMENT: full, Rule.WORDS: partly, Rule.REVIEW: full}
    else:
        return tuple(RuleReport(rule, full) for rule in Rule)
    found = ((rule, runs.get(rule, none)) for rule in Rule)
    return tuple(RuleReport(rule, run, "" if run is full else why) for rule, run in found)


def _refusals(source: Source, statement: Statement, cited: Cited | None) -> Iterator[Refusal]:
    """Every refusal of one statement and its translations, in the order of the rules."""
    for rule in Rule:
        for word, detail in dict.fromkeys(_findings(rule, source, statement, cited)):
            yield Refusal(statement.id, rule, word, detail)


def _findings(rule: Rule, source: Source, statement: Statement, cited: Cited | None) -> Iterator[Finding]:
    if rule is Rule.DOCUMENT:
        yield from source.faults(statement)
        return
    known = language_of(source.document.language)
    for tag, said in _texts(source, statement):
        if rule is Rule.WORDS:
            spelled = language_of(tag)
            yield from unplain(said, spelled.vocabulary if spelled else None)
            yield from _unknown_language(tag, known)
        if known is not None and language_of(tag) is known:
            yield from _by_shape(rule, said, known) if cited is None else _by_words(rule, said, cited, known)


def _unknown_language(tag: str, of_document: Language | None) -> Iterator[Finding]:
    """Nothing is passed because no rule could look at it."""
    if language_of(tag) is None:
        yield Finding(tag, f"is a language that rules 2 to 6 do not know; they know {_known_languages()}")
    elif language_of(tag) is not of_document:
        yield Finding(tag, "is not the document's language, and words of two languages cannot be compared")


def _known_languages() -> str:
    return " and ".join(f"“{language.tag}”" for language in LANGUAGES)


def _texts(source: Source, statement: Statement) -> Iterator[tuple[str, str]]:
    yield source.document.language, statement.text
    for translation in statement.translations:
        yield translation.language, translation.text


def _by_words(rule: Rule, said: str, cited: Cited, language: Language) -> Iterator[Finding]:
    run = {
        Rule.WORDS: invented,
        Rule.NAMES: misnamed,
        Rule.TURNS: language.turned,
        Rule.HEDGES: language.hardened,
        Rule.REQUESTS: language.requested,
    }.get(rule)
    return run(cited.read(said), cited) if run else iter(())


def _by_shape(rule: Rule, said: str, language: Language) -> Iterator[Finding]:
    """What can be refused without the document: words about safety and instructions."""
    tokens = tokens_of(said, language.vocabulary.parts)
    if rule is Rule.TURNS:
        for token in tokens:
            if token.word in language.safety:
                yield Finding(
                    token.text, "is about safety, and without the document no sentence can allow it"
                )
    if rule is Rule.REQUESTS:
        yield from language.requested_by_shape(tokens)


def _cited(source: Source, statement: Statement, treatment: str, stem: Stem) -> Cited | None:
    """The cited sentences; None where they cannot be told."""
    sentences, known = source.cited(statement), language_of(source.document.language)
    if sentences is None or known is None:
        return None
    return Cited(tuple(sentences.values()), known.vocabulary, stem, treatment)

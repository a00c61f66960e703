"""Decides whether guidance says only what its document says. The default is to refuse.

The check finds added and turned words. It does not understand: a recombination of cited words that passes
every rule and says something else is what the review by a person is for.
"""

import hashlib
from collections.abc import Iterator, Mapping

from service.domain.guidance import (
    Guidance,
    Review,
    SentenceNumber,
    Statement,
    review_digest,
    text_digest,
)
from service.domain.guidance_language import Language
from service.domain.guidance_languages import LANGUAGES, is_written_in, language_of
from service.domain.guidance_lexis import invented, unplain
from service.domain.guidance_report import (
    CheckReport,
    Refusal,
    ReviewState,
    Rule,
    RuleReport,
    RuleRun,
    StatementReport,
)
from service.domain.guidance_words import Cited, Finding, Stem, tokens_of
from service.domain.sentences import number_sentences


def check(guidance: Guidance, document_text: str | None, stem: Stem) -> CheckReport:
    """Check every statement; ``stem`` gives the stem of a word of the document's language.

    Without the document's text the rules that need only the file are run, and no statement is accepted.
    """
    rules = _rules_run(guidance, document_text)
    decided = all(report.run is RuleRun.WHOLE for report in rules)
    reports = []
    for statement in guidance.statements:
        refusals = tuple(_refusals(guidance, statement, document_text, stem))
        cited = _sentences(guidance, statement, document_text)
        reports.append(
            StatementReport(statement.id, decided, refusals, *_reviews(guidance, statement, cited))
        )
    return CheckReport(tuple(reports), rules)


def _reviews(
    guidance: Guidance, statement: Statement, cited: tuple[str, ...] | None
) -> tuple[ReviewState, str | None, Mapping[str, ReviewState]]:
    """Rule 7 for a statement, the digest that its review is bound to, and rule 7 for its translations."""
    digest = guidance.digest(statement)
    translations = {
        each.language: review_state(
            each.review, text_digest(guidance.document.sha256, each.text, statement.cites), cited
        )
        for each in statement.translations
    }
    bound = None if cited is None else review_digest(digest, cited)
    return review_state(statement.review, digest, cited), bound, translations


def review_state(review: Review | None, digest: str, cited: tuple[str, ...] | None) -> ReviewState:
    """Rule 7 for one text: a review holds for the digest it is bound to, and without one for nothing.

    ``digest`` is the ``text_digest``; where the cited sentences cannot be told, only that is compared.
    """
    if review is None or not review.digest:
        return ReviewState.NOT_REVIEWED
    holds = review.of_text == digest if cited is None else review.digest == review_digest(digest, cited)
    return ReviewState.REVIEWED if holds else ReviewState.CHANGED_SINCE


def _rules_run(guidance: Guidance, text: str | None) -> tuple[RuleReport, ...]:
    full, partly, none = RuleRun.WHOLE, RuleRun.PARTLY, RuleRun.NOT
    if text is None:
        why = "the document's text was not given"
        runs = {
            Rule.DOCUMENT: partly,
            Rule.WORDS: partly,
            Rule.TURNS: partly,
            Rule.REQUESTS: partly,
            Rule.REVIEW: full,
        }
    elif language_of(guidance.document.language) is None:
        why = f"the rules do not know the language “{guidance.document.language}”"
        runs = {Rule.DOCUMENT: full, Rule.WORDS: partly, Rule.REVIEW: full}
    elif _sha256(text) != guidance.document.sha256:
        why = "the text given is another document"
        runs = {Rule.DOCUMENT: full, Rule.WORDS: partly, Rule.REVIEW: full}
    else:
        return tuple(RuleReport(rule, full) for rule in Rule)
    found = ((rule, runs.get(rule, none)) for rule in Rule)
    return tuple(RuleReport(rule, run, "" if run is full else why) for rule, run in found)


def _refusals(guidance: Guidance, statement: Statement, text: str | None, stem: Stem) -> Iterator[Refusal]:
    """Every refusal of one statement and its translations, in the order of the rules."""
    by_rule = {rule: list(_findings(rule, guidance, statement, text, stem)) for rule in Rule}
    for rule, findings in by_rule.items():
        for word, detail in dict.fromkeys(findings):
            yield Refusal(statement.id, rule, word, detail)


def _findings(
    rule: Rule, guidance: Guidance, statement: Statement, text: str | None, stem: Stem
) -> Iterator[Finding]:
    if rule is Rule.DOCUMENT:
        yield from _wrong_document(guidance, statement, text)
        return
    known = language_of(guidance.document.language)
    for tag, said in _texts(guidance, statement):
        if rule is Rule.WORDS:
            spelled = language_of(tag)
            yield from unplain(said, spelled.vocabulary if spelled else None)
            yield from _unknown_language(tag, known)
        if known is not None and language_of(tag) is known:
            cited = _cited(guidance, statement, text, known, stem)
            yield from _by_shape(rule, said, known) if cited is None else _by_words(rule, said, cited, known)


def _unknown_language(tag: str, of_document: Language | None) -> Iterator[Finding]:
    """Nothing is passed because no rule could look at it."""
    if language_of(tag) is None:
        yield Finding(tag, f"is a language that rules 2 to 6 do not know; they know {_known_languages()}")
    elif language_of(tag) is not of_document:
        yield Finding(tag, "is not the document's language, and words of two languages cannot be compared")


def _known_languages() -> str:
    return " and ".join(f"“{language.tag}”" for language in LANGUAGES)


def _texts(guidance: Guidance, statement: Statement) -> Iterator[tuple[str, str]]:
    yield guidance.document.language, statement.text
    for translation in statement.translations:
        yield translation.language, translation.text


def _by_words(rule: Rule, said: str, cited: Cited, language: Language) -> Iterator[Finding]:
    run = {
        Rule.WORDS: invented,
        Rule.NAMES: language.named,
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


def _cited(
    guidance: Guidance, statement: Statement, text: str | None, language: Language, stem: Stem
) -> Cited | None:
    """The cited sentences; None where they cannot be told."""
    sentences = _sentences(guidance, statement, text)
    return None if sentences is None else Cited(sentences, language.vocabulary, stem)


def _sentences(guidance: Guidance, statement: Statement, text: str | None) -> tuple[str, ...] | None:
    if text is None or _sha256(text) != guidance.document.sha256:
        return None
    sentences = {sentence.number: sentence.text for sentence in number_sentences(text)}
    return tuple(sentences[number] for number in statement.cites if number in sentences)


def _wrong_document(guidance: Guidance, statement: Statement, text: str | None) -> Iterator[Finding]:
    document = guidance.document
    if text is None:
        for number in statement.cites:
            # Each earlier paragraph has a sentence at least.
            if document.sentences is not None and number.paragraph - 1 + number.sentence > document.sentences:
                yield Finding(str(number), f"cannot exist in a document of {document.sentences} sentences")
        return
    if _sha256(text) != document.sha256:
        yield Finding(document.file, "is not the document cited: its SHA-256 is another")
    known = language_of(document.language)
    if known is not None and not is_written_in(text, known):
        yield Finding(document.language, "is not the language that the document is written in")
    numbers = {sentence.number for sentence in number_sentences(text)}
    if document.sentences not in {None, len(numbers)}:
        yield Finding(str(document.sentences), f"is not the document's number of sentences, {len(numbers)}")
    yield from (
        Finding(str(number), "is no sentence of the document") for number in _missing(statement, numbers)
    )


def _missing(statement: Statement, numbers: set[SentenceNumber]) -> list[SentenceNumber]:
    return [number for number in statement.cites if number not in numbers]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""Finds patients by what a person types: a whole identifier, or the beginnings of the words of a name."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, FromClause, ScalarSelect, bindparam, select

from service.store.tables import patient_identifiers, patient_name_words

MOST_WORDS = 6
"""A name has seldom more words; of more that are typed, the longest count."""
_LAST_SIGN = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)

_words = patient_name_words
# Without an order: with one, SQLite takes an index in that order and reads all identifiers of the clinic.
_BY_IDENTIFIER = (
    select(patient_identifiers.c.patient_id)
    .where(
        patient_identifiers.c.clinic_id == bindparam("clinic"),
        patient_identifiers.c.value == bindparam("sought"),
    )
    .limit(bindparam("most"))
)


def _word_of(alias: FromClause, *conditions: ColumnElement[bool]) -> ScalarSelect[str]:
    """A word, of the patient at hand, for which these hold, or null.

    A value and no EXISTS: PostgreSQL would join it, and sort everybody in the range of the first word.
    """
    return (
        select(alias.c.word)
        .where(
            alias.c.clinic_id == _words.c.clinic_id,
            alias.c.patient_id == _words.c.patient_id,
            *conditions,
        )
        .limit(1)
        .correlate(_words)
        .scalar_subquery()
    )


def _has_word(alias: FromClause, least: str, below: str) -> ColumnElement[bool]:
    """Whether the patient at hand has a word from ``least`` on and before ``below``."""
    return _word_of(alias, alias.c.word >= bindparam(least), alias.c.word < bindparam(below)).is_not(None)


_before = _words.alias("before")
# No index of words is of use in this form: SQLite would go through everybody's words before the one at hand.
_word_before = _before.c.word.concat("")
# Walks the range of the first word in the index's own order, exact words first, and stops when it has enough.
# Who has two words in the range is taken at the first of them.
_BY_NAME = (
    select(_words.c.patient_id)
    .where(
        _words.c.clinic_id == bindparam("clinic"),
        _words.c.word >= bindparam("least_0"),
        _words.c.word < bindparam("below_0"),
        _word_of(_before, _word_before >= bindparam("least_0"), _word_before < _words.c.word).is_(None),
        *(_has_word(_words.alias(f"also_{n}"), f"least_{n}", f"below_{n}") for n in range(1, MOST_WORDS)),
    )
    .order_by(_words.c.word, _words.c.patient_id)
    .limit(bindparam("most"))
)


def find_by_identifier_value(
    connection: Connection, clinic_id: UUID, value: str, limit: int
) -> tuple[UUID, ...]:
    """At most ``limit`` patients who have this identifier in some system, letter for letter."""
    asked = {"clinic": clinic_id, "sought": value, "most": limit}
    return tuple(sorted(set(connection.execute(_BY_IDENTIFIER, asked).scalars())))


def find_by_name_words(
    connection: Connection, clinic_id: UUID, words: Sequence[str], limit: int
) -> tuple[UUID, ...]:
    """At most ``limit`` patients whose name has, for each word, one that begins with it.

    ``words`` are as ``patients.sought_words`` makes them. Nobody is found by no word.
    """
    if not words:
        return ()
    asked = {"clinic": clinic_id, "most": limit, **ranges_of(words)}
    return tuple(connection.execute(_BY_NAME, asked).scalars())


def ranges_of(words: Sequence[str]) -> dict[str, str]:
    """For each place in the statement, between which texts a word of the name must be."""
    longest = sorted(words, key=len, reverse=True)[:MOST_WORDS]
    ranges: dict[str, str] = {}
    for place in range(MOST_WORDS):
        word = longest[place] if place < len(longest) else longest[0]
        ranges |= {f"least_{place}": word, f"below_{place}": _after_all_that_begin_with(word)}
    return ranges


def _after_all_that_begin_with(word: str) -> str:
    """The first text, by code points, that is greater than every text that begins with ``word``."""
    begin = word.rstrip(chr(_LAST_SIGN))
    following = ord(begin[-1]) + 1
    if following in _SURROGATES:
        following = _SURROGATES.stop
    return begin[:-1] + chr(following)

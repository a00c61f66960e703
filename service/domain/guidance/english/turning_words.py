"""The English words that turn, widen, order or give a reason: each only as a cited sentence has it.

None of them is plain; rules 4 and 5 decide where it may stand.
"""

from collections.abc import Mapping

from service.domain.guidance.word_lists import named_forms, words

NEGATORS = words("no not cannot nor neither none never without nothing nobody unless except")
NOT_CLASS = words("no not cannot nor neither none")
AVOIDANCE = words(
    "stop stops stopping stopped avoid avoids avoiding avoided quit cease halt refrain skip omit prevent"
)

EXTREMES = words(
    "only always just merely solely exclusively ever instead rather hardly barely rarely seldom scarcely"
)

ONLY = words("only just merely solely exclusively")
"""Of whom or what alone something is said, so that it stays before that word."""

COMPARISONS = words(
    "more less most least fewer better worse best worst than too very enough higher lower stronger"
)

CERTAINTY = words(
    "certainly definitely surely absolutely completely fully totally entirely likely unlikely sure proven"
)

SAFETY = (
    words(
        "safe safely safety unsafe safer safest harmless harm harms harmful risk risks risky danger dangers"
    )
    | words("dangerous toxic fatal deadly poisonous hazard hazardous fine ok okay alright allowed permitted")
    | words("forbidden contraindicated effective ineffective cure cures cured guarantee guaranteed")
)

TURNS = NEGATORS | AVOIDANCE | EXTREMES | COMPARISONS | CERTAINTY | SAFETY
"""Words that turn a meaning: each only where a cited sentence has it."""

WHOLES = words("all every each any everything anything everyone anyone everybody anybody whole entire total")
"""One class: a statement has one of them only where a cited sentence has one of them."""

SHARES = words("some certain")
MOST = words("most")
ROUGHLY = words("about approx approximately around roughly nearly")
"""A number under one of these is not exact."""

AMOUNTS = words("many several few half majority minority both much numerous")
"""Amounts are not exchanged: each only as it is cited."""

ORDER: Mapping[str, str] = named_forms(
    {
        "before": "before",
        "after": "after afterwards",
        "during": "during while",
        "until": "until till",
        "when": "when whenever once",
    }
)
"""What comes before what; only words of one name are exchanged."""

CAUSES = words("because since therefore thus hence")
"""One class: a reason is given only where a cited sentence gives one."""

TURNING = TURNS | WHOLES | SHARES | AMOUNTS | CAUSES | frozenset(ORDER)
"""Every word that rule 4 decides about."""

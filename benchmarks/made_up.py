"""Made-up patients: what each copy of a template has of its own."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any
from uuid import UUID

from benchmarks.copies import begun
from service.actions.work import new_id
from service.domain.checklists.short_code import make_code, printed

DAYS = 700
"""The days over which the patients came, up to now; each is planned for the one a fortnight later."""
_PLANNED_AFTER = timedelta(days=14)
_SYLLABLES = (
    "an",
    "bel",
    "cor",
    "da",
    "el",
    "fi",
    "gar",
    "ho",
    "is",
    "jo",
    "ka",
    "lin",
    "mar",
    "no",
    "or",
    "pe",
)
_GIVEN, _FAMILY = 500, 20_000
Row = dict[str, Any]


def copies_of(
    templates: list[Row], events: dict[UUID, tuple[int, int]], number: int, lengths: dict[UUID, int]
) -> Iterator[Row]:
    """As many copies, of one template after another; ``lengths`` grow with the events that they add."""
    chance = random.Random(0)  # noqa: S311 -- the same names in every run
    names, codes = _names(chance), _codes(chance)
    now, step = datetime.now(UTC), timedelta(days=DAYS) / number
    for place in range(number):
        template = templates[place % len(templates)]
        clinic_id, at = template["clinic_id"], now - (number - place) * step
        first, many = events[template["template_id"]]
        yield template | {
            "number": place + 1,
            "begun": begun(new_id(at)),
            "at": at,
            "day": (at + _PLANNED_AFTER).date(),
            "code": next(codes),
            "value": f"{place + 1:09d}",
            "name": next(names),
            "further": lengths[clinic_id] + 1 - first,
        }
        lengths[clinic_id] += many


def _names(chance: random.Random) -> Iterator[str]:
    """Made-up names, some of them often and most of them seldom."""
    given, family = (
        ["".join(chance.choices(_SYLLABLES, k=syllables)).capitalize() for _ in range(many)]
        for syllables, many in ((2, _GIVEN), (4, _FAMILY))
    )
    often = [list(accumulate(1 / (place + 1) for place in range(len(kind)))) for kind in (given, family)]
    while True:
        first, last = (
            chance.choices(kind, cum_weights=weights)[0]
            for kind, weights in zip((given, family), often, strict=True)
        )
        yield f"Test {first} {last}"


def _codes(chance: random.Random) -> Iterator[str]:
    taken = set()
    while True:
        code = make_code(chance.randrange)
        if code not in taken:
            taken.add(code)
            yield printed(code)

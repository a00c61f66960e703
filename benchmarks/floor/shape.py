"""What an intake form may hold, checked by hand: fields, words, lengths and dates."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from unicodedata import normalize

import orjson

from service.domain.text import fault_in

Json = dict[str, Any]
Check = Callable[[Any], Any]
CATEGORIES = ("prescription", "over_the_counter", "supplement")
CURRENT = frozenset({"active", "on_hold", "intended", "unknown"})
PERSONS_ANSWERS = frozenset({"none_reported", "unknown", "declined"})
# What may be refused in a text; a text without a letter or digit may be one that cannot be seen.
_ODD = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u115f\u1160\u200c-\u200f\u2028-\u202e\u2066-\u2069\u2800\u3164"
    r"\ud800-\udfff\ufdd0-\ufdef\uffa0\ufffe-\U0010ffff]|^\W*$"
)
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)


class RefusedError(Exception):
    """The form is refused; nothing is kept of it."""


def text(most: int, *, required: bool = False, lines: bool = False) -> Check:
    """Text of at most ``most`` characters, in normalization form C; blank text is none."""

    def check(value: Any) -> str | None:
        if value is None and not required:
            return None
        if type(value) is not str or len(value) > most:
            raise RefusedError
        if not (value.isascii() and value.isprintable()):
            if _ODD.search(value) and fault_in(value, most=most, lines=lines):
                raise RefusedError
            value = normalize("NFC", value)
        value = value.strip()
        if required and not value:
            raise RefusedError
        return value or None

    return check


def word(*words: str | None) -> Check:
    """One of these words."""
    known = frozenset(words)

    def check(value: Any) -> Any:
        if type(value) not in (str, type(None)) or value not in known:
            raise RefusedError
        return value

    return check


def day(value: Any) -> str | None:
    """A year, a month or a day."""
    if value is None:
        return None
    if type(value) is not str or not _PARTIAL_DATE.fullmatch(value):
        raise RefusedError
    try:
        date.fromisoformat(value + "-01-01"[: 10 - len(value)] if len(value) == 4 else (value + "-01")[:10])
    except ValueError:
        raise RefusedError from None
    return value


def whole_day(value: Any) -> str | None:
    """A day."""
    if value is not None and len(day(value) or "") != 10:
        raise RefusedError
    return value  # type: ignore[no-any-return]


def flag(value: Any) -> bool | None:
    """True, false or not said."""
    if value is not None and type(value) is not bool:
        raise RefusedError
    return value  # type: ignore[no-any-return]


def listed(check: Check, most: int) -> Check:
    """A list of at most ``most``."""

    def check_all(value: Any) -> list[Any]:
        if type(value) is not list or len(value) > most:
            raise RefusedError
        return [check(one) for one in value]

    return check_all


def record(checks: dict[str, Check], *required: str, nullable: bool = False) -> Check:
    """An object with these fields, in this order, None where left out; no others."""
    empty = dict.fromkeys(checks)

    def check(value: Any) -> Json | None:
        if value is None and nullable:
            return None
        if type(value) is not dict or not all(name in value for name in required):
            raise RefusedError
        found = empty.copy()
        for name, given in value.items():
            if name not in checks:
                raise RefusedError
            found[name] = checks[name](given)
        return found

    return check


_CODING = record(
    {"system": text(200, required=True), "code": text(200, required=True), "display": text(1000)},
    "system",
    "code",
)
_ITEM = record(
    {
        "name": text(1000),
        "description": text(1000),
        "category": word(*CATEGORIES, "uncategorized", None),
        "status": word("active", "on_hold", "intended", "unknown", "stopped"),
        "strength": text(1000),
        "form": text(1000),
        "dosage_text": text(1000),
        "route": text(1000),
        "frequency": text(1000),
        "as_needed": flag,
        "reason": text(1000),
        "last_taken": text(1000),
        "started_on": day,
        "stopped_on": day,
        "prescriber": text(1000),
        "note": text(4000, lines=True),
        "codings": listed(_CODING, 20),
    }
)
_PATIENT = record(
    {
        "identifier": record(
            {"system": text(200, required=True), "value": text(200, required=True)}, "system", "value"
        ),
        "name": text(1000),
        "birth_date": day,
        "language": text(35),
        "print_size": word("standard", "large", None),
    },
    "identifier",
)
_ANSWER = record(
    {"answer": word("items_reported", "none_reported", "unknown", "declined", "not_asked")}, "answer"
)
_INFORMANT = record(
    {
        "kind": word("patient", "related_person", "caregiver", "practitioner", "organization"),
        "name": text(1000),
    },
    "kind",
    nullable=True,
)
_TREATMENT = record(
    {
        "id": text(200, required=True),
        "planned_start": whole_day,
        "language": text(35),
        "paper": word("a4", "letter", None),
        "print_size": word("standard", "large", None),
    },
    "id",
)
_INTAKE = record(
    {
        "patient": _PATIENT,
        "informant": _INFORMANT,
        "collection_mode": word("self", "paper", "phone", "interview", "handed_device", "import", None),
        "categories": record(dict.fromkeys(CATEGORIES, _ANSWER)),
        "items": listed(_ITEM, 1000),
        "treatment": _TREATMENT,
    },
    "patient",
    "treatment",
)


def read_intake(body: bytes) -> Json:
    """The form, every field named. Raises RefusedError."""
    try:
        intake: Json = _INTAKE(orjson.loads(body))
    except orjson.JSONDecodeError:
        raise RefusedError from None
    intake["items"] = intake["items"] or []
    for item in intake["items"]:
        _complete(item)
    _settle_answers(intake)
    return intake


def _complete(item: Json) -> None:
    if not (item["name"] or item["description"]):
        raise RefusedError
    item["category"] = item["category"] or "uncategorized"
    item["status"] = item["status"] or ("unknown" if item["stopped_on"] else "active")
    item["codings"] = item["codings"] or []


def _settle_answers(intake: Json) -> None:
    """Current items answer for their category; another answer beside them is refused."""
    sent = intake["categories"] or {}
    answers = {category: (sent.get(category) or {"answer": "not_asked"})["answer"] for category in CATEGORIES}
    if PERSONS_ANSWERS & set(answers.values()) and not (intake["informant"] and intake["collection_mode"]):
        raise RefusedError
    for category in {item["category"] for item in intake["items"] if item["status"] in CURRENT} & set(
        CATEGORIES
    ):
        if sent.get(category) and answers[category] != "items_reported":
            raise RefusedError
        answers[category] = "items_reported"
    intake["answers"] = answers

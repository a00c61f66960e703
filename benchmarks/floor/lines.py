"""Lines and sections of a checklist as JSON-ready data, and the digest that a signature is bound to."""

import hashlib
from collections.abc import Sequence
from typing import Any

import orjson

from service.domain.wording import ENGLISH

Json = dict[str, Any]
WORDS = ENGLISH


def wording(line_id: str, key: str, text: str, items: Sequence[int] = ()) -> Json:
    """A line of the fixed words."""
    return {"kind": "wording", "id": line_id, "key": key, "text": text, "items": items}


def fixed(key: str) -> Json:
    """A line of the fixed words without places."""
    return wording(key.replace(".", "-"), key, WORDS[key])


def signed_wording(line: Json) -> list[Any]:
    """What a signature covers of a line of fixed words."""
    return ["wording", line["id"], list(line["items"])]


def digest(content: object) -> str:
    """SHA-256 of the canonical JSON."""
    return "sha256:" + hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def section(section_id: str, lines: list[Json], signed: list[Any], blank_rows: int = 0) -> Json:
    """A section with its title and digest."""
    return {
        "id": section_id,
        "title": WORDS[f"section.{section_id}"],
        "lines": lines,
        "blank_rows": blank_rows,
        "content_digest": digest(signed),
    }


def fixed_section(section_id: str, lines: list[Json], blank_rows: int = 0) -> Json:
    """A section of fixed words only."""
    return section(section_id, lines, [signed_wording(line) for line in lines], blank_rows)


def date_in_words(day: str) -> str:
    """``1961-04-02`` as 2 April 1961, as far as it is known."""
    year, *rest = (int(part) for part in day.split("-"))
    if not rest:
        return str(year)
    month = WORDS[f"month.{rest[0]}"]
    return f"{rest[1]} {month} {year}" if len(rest) > 1 else f"{month} {year}"

"""Holds that service and floor do the same: equal answers and rows, but for ids, codes and times."""

import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from service.domain.checklists.document import digest
from service.store.database import Database, Reach
from service.store.tables import metadata

Rows = dict[str, list[tuple[Any, ...]]]

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")
_CODE = re.compile(r'(?<="code":")[0-9A-Y]{3}-[0-9A-Y]{3}-[0-9A-Y]{3}(?=")')
_TOKEN = re.compile(r"[0-9a-f]{64}|[0-9a-f]{16}|[0-9A-Y]{9}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


class DifferentError(Exception):
    """Service and floor did not do the same; the message says where they part."""


def masked(text: str) -> str:
    """A JSON text with ids by their first appearance (so that references stay seen), codes and times blank.

    Digests are blank too, since they cover ids; ``check_digests`` looks at them.
    """
    seen: dict[str, str] = {}
    text = _ID.sub(lambda found: seen.setdefault(found.group(), f"<id {len(seen) + 1}>"), text)
    return _DIGEST.sub("<digest>", _CODE.sub("<code>", _TIME.sub("<time>", text)))


def check_same(what: str, service: str, floor: str) -> None:
    """Raise DifferentError unless both texts are the same, byte for byte, once masked."""
    ours, least = masked(service), masked(floor)
    if ours == least:
        return
    place = next((i for i, (a, b) in enumerate(zip(ours, least, strict=False)) if a != b), -1)
    start = max(place if place >= 0 else min(len(ours), len(least)), 60) - 60
    raise DifferentError(f"{what}: …{ours[start:][:120]}… against …{least[start:][:120]}…")


def check_digests(checklist: str) -> None:
    """Raise DifferentError where a digest is not that of its section, or the sheet's not of its sections."""
    document = json.loads(checklist)
    for section in document["sections"]:
        if section["content_digest"] != digest([_signed(line) for line in section["lines"]]):
            raise DifferentError(f"the digest of the section {section['id']}")
    if document["content_digest"] != digest({s["id"]: s["content_digest"] for s in document["sections"]}):
        raise DifferentError("the digest of the whole sheet")


def _signed(line: dict[str, Any]) -> list[Any]:
    if line["kind"] == "wording":
        return ["wording", line["id"], line["items"]]
    if line["kind"] == "guidance":
        cites = [f"{cite['paragraph']}.{cite['sentence']}" for cite in line["citations"]]
        return ["guidance", line["statement"], line["text"], cites]
    if "item" not in line:
        return ["answer", line["category"], line["answer"]]
    facts = {name: value for name, value in line["item"].items() if name != "id"}
    return ["item", line["item"]["id"], facts, line["on_earlier_list"]]


def check_same_rows(service: Rows, floor: Rows) -> None:
    """Raise DifferentError unless every table has equally many rows, and the same once masked."""
    for table in sorted(service.keys() | floor.keys()):
        ours, least = service.get(table, []), floor.get(table, [])
        if len(ours) != len(least):
            raise DifferentError(f"{table}: {len(ours)} rows against {len(least)}")
        check_same(table, _rows_as_text(ours), _rows_as_text(least))


def _rows_as_text(rows: Iterable[tuple[Any, ...]]) -> str:
    texts = (json.dumps([_plain(value) for value in row], separators=(",", ":")) for row in rows)
    return "\n".join(sorted(masked(text) for text in texts))


def _plain(value: Any) -> Any:
    """A kept value as JSON-ready data: ids, instants, codes and tokens by their kind only."""
    if isinstance(value, UUID | datetime):
        return f"<{type(value).__name__}>"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return masked(value.decode())
    if isinstance(value, str) and value[:1] == "{":
        return json.loads(value)
    if isinstance(value, str) and _TOKEN.fullmatch(value):
        return "<token>"
    return value


def rows_of(database_url: str) -> Rows:
    """Every row of every table of the service."""
    database = Database(database_url)
    with database.transaction(Reach.ALL) as connection:
        rows = {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in metadata.sorted_tables
        }
    database.dispose()
    return rows


def check_same_counts(service_url: str, floor_url: str) -> None:
    """Raise DifferentError unless every table has equally many rows in both databases."""
    ours, least = _counts(service_url), _counts(floor_url)
    different = [f"{name}: {ours[name]} against {least[name]}" for name in ours if ours[name] != least[name]]
    if different:
        raise DifferentError(f"rows after the rounds: {'; '.join(different)}")


def _counts(database_url: str) -> dict[str, int]:
    database = Database(database_url)
    with database.transaction(Reach.ALL) as connection:
        counts = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }
    database.dispose()
    return counts

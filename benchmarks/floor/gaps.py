"""The gaps of a first list, in the order of the service's, by hand."""

from benchmarks.floor.lines import WORDS, Json, wording
from benchmarks.floor.shape import CURRENT

_BY_ANSWER = {
    "not_asked": "category_not_asked",
    "unknown": "category_unknown",
    "declined": "category_declined",
    "items_reported": "category_without_items",
}


def gaps_of(intake: Json) -> list[Json]:
    """Every gap as JSON-ready data."""
    current = [item for item in intake["items"] if item["status"] in CURRENT]
    reported = {item["category"] for item in current}
    by_kind: dict[str, list[str]] = {kind: [] for kind in _BY_ANSWER.values()}
    for category, answer in intake["answers"].items():
        if answer in _BY_ANSWER and category not in reported:
            by_kind[_BY_ANSWER[answer]].append(category)
    gaps = [_gap(kind, category=category) for kind, found in by_kind.items() for category in found]
    items = {
        "item_status_unknown": [item["id"] for item in current if item["status"] == "unknown"],
        "item_uncategorized": [item["id"] for item in current if item["category"] == "uncategorized"],
        "item_without_name": [item["id"] for item in current if not item["name"]],
        "item_without_dose": [i["id"] for i in current if not (i["strength"] or i["dosage_text"])],
        "informant_not_recorded": [] if intake["informant"] else [item["id"] for item in current],
    }
    gaps += [_gap(kind, items=found) for kind, found in items.items() if found]
    if intake["patient"]["name"] is None:
        gaps.append(_gap("patient_name_missing"))
    if intake["patient"]["birth_date"] is None:
        gaps.append(_gap("birth_date_missing"))
    return gaps


def _gap(kind: str, *, category: str | None = None, items: list[str] | None = None) -> Json:
    return {"kind": kind, "category": category, "items": items or []}


def gap_lines(gaps: list[Json], numbers: dict[str, int]) -> list[Json]:
    """The lines of the section of gaps."""
    return [_line(gap, numbers) for gap in gaps] or [wording("gap-none", "gap.none", WORDS["gap.none"])]


def _line(gap: Json, numbers: dict[str, int]) -> Json:
    key, category = f"gap.{gap['kind']}", gap["category"]
    found = sorted(numbers[item_id] for item_id in gap["items"])
    items = WORDS["gap.item" if len(found) == 1 else "gap.items"].format(numbers=", ".join(map(str, found)))
    text = WORDS[key].format(items=items, category=category and WORDS[f"section.{category}"])
    line_id = f"gap-{gap['kind']}" + (f"-{category}" if category else "")
    return wording(line_id, key, text[:1].upper() + text[1:], found)

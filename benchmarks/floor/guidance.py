"""What the guidance gives to every checklist, made once for each published version."""

from dataclasses import dataclass
from typing import Any

import orjson

from benchmarks.floor.lines import WORDS, Json, date_in_words, fixed, fixed_section, section, wording


@dataclass(frozen=True, slots=True)
class FixedParts:
    """JSON that is the same on every sheet of a guidance version, ready to be set in."""

    version: str
    treatment: orjson.Fragment
    treatments: orjson.Fragment
    reference: orjson.Fragment
    notices: orjson.Fragment
    last_sections: list[orjson.Fragment]
    last_digests: dict[str, str]


def fixed_parts(version: str, body: str | Json) -> FixedParts:
    """Make them from a guidance as it is kept."""
    guidance: Json = orjson.loads(body) if isinstance(body, str) else body
    document, treatment = guidance["document"], guidance["treatment"]
    sections = [
        fixed_section("open_question", [fixed("ask.open"), fixed("ask.open_rows")], blank_rows=4),
        _statements("tell", guidance, "tell", "why"),
        _statements("treatment", guidance, "report", "follow_up"),
        fixed_section(
            "sign_off", [fixed(f"sign.{who}") for who in ("statement", "patient", "nurse", "provider")]
        ),
    ]
    reference = {
        "document_id": document["id"],
        "document_title": document["title"],
        "document_sha256": document["sha256"],
        "version": version,
    }
    named = {"id": treatment["id"], "name": treatment["name"]}
    return FixedParts(
        version,
        _ready(named),
        _ready([{**named, "guidance": reference}]),
        _ready(reference),
        _ready([fixed("notice.not_checked"), fixed("notice.not_checked_more"), *_review_notices(guidance)]),
        [_ready(one) for one in sections],
        {one["id"]: one["content_digest"] for one in sections},
    )


def _ready(data: object) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(data))


def _statements(section_id: str, guidance: Json, *kinds: str) -> Json:
    lines: list[Json] = []
    signed: list[Any] = []
    for kind in kinds:
        for statement in guidance["statements"]:
            if statement["section"] == kind:
                text, language = _in_english(statement, guidance["document"]["language"])
                lines.append(_statement(statement, text, language, guidance["document"]["id"]))
                signed.append(["guidance", statement["id"], text, statement["cites"]])
    return section(section_id, lines, signed)


def _in_english(statement: Json, language: str) -> tuple[str, str]:
    for translation in statement["translations"]:
        if translation["language"] == "en" and translation["review"]:
            return translation["text"], "en"
    return statement["text"], language


def _statement(statement: Json, text: str, language: str, document_id: str) -> Json:
    cites = [cite.split(".") for cite in statement["cites"]]
    return {
        "kind": "guidance",
        "id": f"statement-{statement['id']}",
        "text": text,
        "language": language,
        "statement": statement["id"],
        "statement_section": statement["section"],
        "citations": [
            {"document": document_id, "paragraph": int(paragraph), "sentence": int(sentence)}
            for paragraph, sentence in cites
        ],
    }


def _review_notices(guidance: Json) -> list[Json]:
    reviews = [statement["review"] for statement in guidance["statements"]]
    if not reviews or not all(reviews):
        return [fixed("notice.not_reviewed")]
    latest: dict[str, str] = {}
    for review in reviews:
        latest[review["by"]] = max(review["on"], latest.get(review["by"], ""))
    notices = []
    for number, (by, on) in enumerate(latest.items(), start=1):
        text = WORDS["notice.review_by"].format(reviewer=by, date=date_in_words(on))
        notices.append(wording(f"notice-review_by-{number}", "notice.review_by", text))
    return [*notices, fixed("notice.review_not_clinical")]

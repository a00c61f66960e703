"""Holds each text of a checklist's document to what it rests on."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from service.domain.checklists.checklist import SectionId
from service.domain.guidance.statements import Guidance
from service.formats.proof.grounds import CODES, Grounds
from service.formats.proof.issued import Issued, Kind
from service.formats.proof.leaves import Leaf, leaves, whole
from service.formats.proof.signing import marked_texts, signed_texts
from service.formats.proof.verdicts import Fault, Flaw, Known

_LANGUAGES = frozenset({"title_language", "label_language"})
_SAID: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "sign_offs": frozenset({"text", "status_text", "deferred_text"}),
        "marks": frozenset({"label", "text", "note"}),
    }
)
"""The texts that a signature and a mark carry; held to what was signed and marked."""


def prove_document(issued: Issued) -> tuple[tuple[Known, ...], tuple[Fault, ...]]:
    """The texts of the document and of its state that rest on something, and those that do not."""
    proof, known, faults = _Proof(Grounds(issued)), [], []
    for leaf in leaves(whole(issued.document, issued.state_document)):
        kind = proof.kind_of(leaf)
        if kind is None:
            faults.append(Fault(Flaw.UNPROVEN, leaf.text, leaf.place))
        else:
            known.append(Known(leaf.place, leaf.text, kind))
    return tuple(known), tuple(faults)


class _Proof:
    """Says of each text of a document on what it rests: on what is named beside it, not on anything alike."""

    def __init__(self, grounds: Grounds) -> None:
        self.grounds = grounds
        self.words = grounds.words
        self.labels = frozenset(
            text for key, text in self.words.texts.items() if key.startswith(("item.", "change."))
        )

    def kind_of(self, leaf: Leaf) -> Kind | None:
        """What the text rests on; None for nothing."""
        if leaf.key in _SAID.get(leaf.place.split("/")[1], ()):
            return self._signing(leaf)
        if leaf.key in _LANGUAGES or (leaf.key == "language" and self._may_be_english(leaf.holder)):
            return _if(leaf.text == self.words.foreign(self._key(leaf)), Kind.WORDING)
        if leaf.key == "text":
            return self._line(leaf.holder)
        if leaf.key == "title" or "label" in leaf.holder:
            return self._titled(leaf)
        return self._value(leaf.text)

    def _value(self, text: str) -> Kind | None:
        """What a value without words of its own rests on."""
        if text in self.grounds.values:
            return Kind.RECORD
        if text in self.grounds.guidance_values:
            return Kind.GUIDANCE
        return _if(text in CODES, Kind.WORDING)

    def _may_be_english(self, line: Mapping[str, Any]) -> bool:
        """Whether it names a language only where its text is English for want of a translation."""
        return line.get("kind") in (Kind.WORDING, Kind.RECORD) or "after" in line

    def _key(self, leaf: Leaf) -> str:
        """The key of the text whose language the leaf names."""
        line = leaf.holder
        if leaf.key == "title_language":
            return self._title_key(line["id"])
        if leaf.key == "label_language":
            return f"item.{line['key']}" if "key" in line else f"change.{line['kind']}"
        if "after" in line:
            return "change.answer"
        return str(line.get("key") or self.grounds.answer_key(line["category"]))

    def _title_key(self, section_id: str) -> str:
        """The key of a section's title, which speaks of one document or of several."""
        of_documents = section_id in (SectionId.TELL, SectionId.TREATMENT)
        several = of_documents and len(self.grounds.issued.guidance) > 1
        return f"treatments.{section_id}" if several else f"section.{section_id}"

    def _signing(self, leaf: Leaf) -> Kind | None:
        """What a signature or a mark says: in the catalogue's words, or a note as it was written."""
        if "line" in leaf.holder:
            said = marked_texts(self.grounds.issued, leaf.holder["line"])
        else:
            said = signed_texts(self.grounds.issued, leaf.holder["id"])
        kind = Kind.RECORD if leaf.key == "note" else Kind.WORDING
        return _if(leaf.text in said.get(leaf.key, ()), kind)

    def _titled(self, leaf: Leaf) -> Kind | None:
        """A section's title, a label, or what stands behind one."""
        if leaf.key == "title":
            return _if(leaf.text == self.words.texts.get(self._title_key(leaf.holder["id"])), Kind.WORDING)
        if leaf.key == "label":
            return _if(leaf.text in self.labels, Kind.WORDING)
        known = self.grounds.written if leaf.key in ("value", "before", "after") else self.grounds.values
        return _if(leaf.text in known, Kind.RECORD)

    def _line(self, line: Mapping[str, Any]) -> Kind | None:
        kind = line.get("kind")
        if kind == Kind.WORDING:
            return _if(self._is_wording(line), Kind.WORDING)
        if kind == Kind.GUIDANCE:
            return _if(self._is_guidance(line), Kind.GUIDANCE)
        if kind == Kind.RECORD:
            return _if(self._is_record(line), Kind.RECORD)
        if "item_id" in line:
            return _if(line["text"] in {item.facts.called for item in self.grounds.items}, Kind.RECORD)
        return _if(line["text"] in self.grounds.answer_changes(), Kind.WORDING)

    def _is_wording(self, line: Mapping[str, Any]) -> bool:
        """Whether it is the text of its key with the places filled from the record."""
        template = self.words.texts.get(line["key"])
        spoken = line.get("language") == self.words.foreign(line["key"])
        return (
            spoken
            and template is not None
            and any(
                line["text"] == _filled(line["key"], template, places)
                for places in self.grounds.fillings(line)
            )
        )

    def _is_guidance(self, line: Mapping[str, Any]) -> bool:
        """Whether it is its statement's text, or a reviewed translation, with just its sources."""
        return any(self._is_statement(line, guidance) for guidance in self._spoken_for(line))

    def _spoken_for(self, line: Mapping[str, Any]) -> Iterator[Guidance]:
        """The guidance that a line is of: the only one, or that of the treatment which it names."""
        used = self.grounds.issued.guidance
        return (one for one in used if len(used) == 1 or one.treatment.id == line["treatment"])

    def _is_statement(self, line: Mapping[str, Any], guidance: Guidance) -> bool:
        texts, cited = set(), []
        for statement in guidance.statements:
            if statement.id == line["statement"]:
                texts = {(guidance.document.language, statement.text)}
                shown = guidance.reviewed_translation(statement, line["language"])
                texts |= {(shown.language, shown.text)} if shown else set()
                cited = [
                    {"document": guidance.document.id, "paragraph": n.paragraph, "sentence": n.sentence}
                    for n in statement.cites
                ]
        return (line["language"], line["text"]) in texts and line["citations"] == cited

    def _is_record(self, line: Mapping[str, Any]) -> bool:
        if "item" in line:
            item = self.grounds.issued.medications.item(UUID(line["item"]["id"]))
            return item is not None and line["text"] == item.facts.called
        return bool(line["text"] == self.grounds.answer_text(line["category"]))


def _filled(key: str, template: str, places: Mapping[str, object]) -> str | None:
    """The template with its places filled; None where it has others."""
    try:
        text = template.format_map(places)
    except KeyError:
        return None
    # A gap's first letter is a capital, also where a place comes first.
    return text[:1].upper() + text[1:] if key.startswith("gap.") else text


def _if(holds: bool, kind: Kind) -> Kind | None:  # noqa: FBT001 -- the verdict itself
    return kind if holds else None

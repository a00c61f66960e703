"""What the page of a checklist shows: the sheet's own lines, with what can be marked and signed of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, g

from service.actions.sign_offs import SheetToSign, get_sheet_to_sign
from service.domain.access.permissions import Role
from service.domain.attribution import recorder_document
from service.domain.checklists.document import treatments_of
from service.domain.checklists.guidance_today import guidance_to_tell, is_retired, worst_of
from service.domain.checklists.marks import MarkWord
from service.domain.checklists.sign_offs import SignerRole
from service.domain.checklists.state import state_document
from service.domain.wording import Catalogue
from service.formats.isolated_text import IsolatedText, placed
from service.formats.printout import Sheet, sheet_of
from service.formats.printout.layout.sections import SheetSection
from service.web.current import run
from service.web.pages.rendering import local_time, page_words, render
from service.web.pages.typed import Typed

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A section on the page. ``closed`` is the key of the words that say why nobody signs it here.

    ``standing`` are the keys of the words that say at a glance what has become of its signatures.
    ``own_name`` is the name that a nurse can sign with at one press, who has not signed it yet.
    """

    printed: SheetSection
    digest: str
    signable: bool
    needs_reason: bool
    closed: str | None
    sign_offs: tuple[Json, ...]
    standing: tuple[str, ...]
    own_name: str | None

    @property
    def signed(self) -> bool:
        """Whether a signature holds under it."""
        return any(sign_off["status"] == "holds" for sign_off in self.sign_offs)


def show_checklist(checklist_id: UUID, typed: Typed | None = None, status: int = 200) -> Response:
    """The page of a checklist, with what was typed into it and its faults."""
    shown = run(lambda work: get_sheet_to_sign(work, checklist_id))
    document, words = shown.issued.document, page_words()
    state = state_document(shown.issued.state, words)
    sheet = sheet_of(document, state_document(shown.issued.state, shown.issued.words), shown.issued.words)
    parts = _parts(shown, sheet, state)
    return render(
        "checklist",
        status,
        typed=typed or Typed(),
        document=document,
        treatments=treatments_of(document),
        sheet=sheet,
        state=state,
        newer=shown.newer,
        told=guidance_to_tell(document, state),
        guidance_word=worst_of(guidance_to_tell(document, state)),
        is_retired=is_retired(state),
        parts=parts,
        marks={mark["line"]: mark for mark in state["marks"]},
        own=in_own_words,
        signed=signed_in_words(),
        labels=_labels(parts, words),
        **_choices(words),
    )


def _choices(words: Catalogue) -> dict[str, Any]:
    """What can be marked, and who can sign."""
    return {
        "mark_words": [(word.value, words.text(f"mark.{word}")) for word in MarkWord],
        "roles": [(role.value, words.text(f"sign.{role}")) for role in SignerRole],
    }


def signed_in_words() -> Callable[[Json], IsolatedText]:
    """Says who signed, as whom and when, in the page's words."""
    words = page_words()

    def signed(sign_off: Json) -> IsolatedText:
        places = {"name": sign_off["name"], "date": local_time(sign_off["at"], words)}
        return in_own_words(f"signed.{sign_off['role']}", **places)

    return signed


def _parts(shown: SheetToSign, sheet: Sheet, state: Json) -> tuple[Part, ...]:
    made = []
    for printed, section in zip(sheet.sections, shown.issued.document["sections"], strict=True):
        signed = tuple(one for one in state["sign_offs"] if one["section"] == section["id"])
        needs_reason = section["id"] in shown.need_reason
        made.append(
            Part(
                printed=printed,
                digest=section["content_digest"],
                signable=section["id"] in shown.signable,
                needs_reason=needs_reason,
                closed=_closed(state, is_changed=section["id"] in shown.moved_on),
                sign_offs=signed,
                standing=_standing(signed, needs_reason=needs_reason),
                own_name=g.actor.name if g.actor.role is Role.NURSE and not _own(signed) else None,
            )
        )
    return tuple(made)


def _own(signed: Sequence[Json]) -> bool:
    """Whether a signature of the nurse at hand holds."""
    by = recorder_document(g.actor.recorder)
    own = {"status": "holds", "role": SignerRole.NURSE.value, "name": g.actor.name, "recorded_by": by}
    return any(own.items() <= one.items() for one in signed)


def _closed(state: Json, *, is_changed: bool) -> str | None:
    if state["withdrawn"]:
        return "checklist_page.cannot_sign_withdrawn"
    return "checklist_page.cannot_sign_changed" if is_changed else None


def _standing(signed: Sequence[Json], *, needs_reason: bool) -> tuple[str, ...]:
    states = {one["status"] for one in signed}
    keys = ["checklist_page.needs_reason"] if needs_reason else []
    keys += ["checklist_page.void"] if "void" in states else []
    return (*keys, "checklist_page.signed" if "holds" in states else "checklist_page.not_signed")


def _labels(parts: Sequence[Part], words: Catalogue) -> dict[str, str]:
    """What each field is called in the summary of faults."""
    names = {
        "role": "checklist_page.role",
        "name": "checklist_page.name",
        "deferred_reason": "checklist_page.reason",
        "content_digest": "checklist_page.sign",
    }
    labels: dict[str, str] = {}
    for part in parts:
        section = part.printed
        labels |= {
            f"{section.id}/{name}": f"{section.title}, {words.text(key)}" for name, key in names.items()
        }
        lines = [(row.id, row.name) for row in section.items]
        about = [group.about for group in section.documents if group.about]
        lines += [(row.id, str(row.text)) for row in (*section.tasks, *section.prose, *about)]
        lines += [(row.id, row.text) for group in section.documents for row in group.statements]
        for line_id, text in lines:
            labels[f"{section.id}/marks/{line_id}/note"] = words.text("checklist_page.note_of", line=text)
            labels[f"{section.id}/marks/{line_id}/mark"] = words.text("checklist_page.mark_of", line=text)
    return labels


def in_own_words(key: str, **places: object) -> IsolatedText:
    """A text in the page's words, in which names and reasons keep their own direction."""
    return placed(page_words().texts[key], places)

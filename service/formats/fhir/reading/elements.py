"""An object of the document, asked for what R4 says stands in it.

Nothing is taken for something else: a text is a text, a number a number. What is of another kind is an issue
with its place, and what was never asked for is known afterwards, to be named as not kept.
"""

from typing import Any, TypeVar

from service.domain.text import SHORT_LENGTH, TEXT_LENGTH
from service.formats.fhir.reading.notes import Notes
from service.formats.fhir.reading.texts import repaired, text_fault
from service.formats.json_text import WrittenNumber

_T = TypeVar("_T")
_NUMBERS = (WrittenNumber, int, float)


class Element:
    """``place`` is its FHIRPath; ``name`` how it is named among what was not kept, empty for a resource.

    Of most elements nothing is to be said, so the place of one inside another is made when it is asked for:
    ``place`` is then the one within ``outer``.
    """

    __slots__ = ("_inside", "_outer", "_place", "content", "name", "notes", "taken")

    def __init__(
        self,
        content: dict[str, Any],
        place: str | tuple[str, int],
        notes: Notes,
        name: str = "",
        outer: "Element | None" = None,
    ) -> None:
        self.content = content
        self.notes = notes
        self.name = name
        self.taken: set[str] = set()
        self._place = place
        self._outer = outer
        self._inside: dict[str, list[Element]] = {}
        notes.visited.append(self)

    @property
    def place(self) -> str:
        """Its FHIRPath."""
        step = self._place if isinstance(self._place, str) else "{}[{}]".format(*self._place)
        return step if self._outer is None else self._outer.at(step)

    def at(self, name: str) -> str:
        """The place of something in it."""
        return f"{self.place}.{name}"

    def named(self, name: str) -> str:
        """How something in it is named among what was not kept."""
        return f"{self.name}.{name}" if self.name else name

    def take(self, *names: str) -> None:
        """Count these as kept, or as not worth naming."""
        self.taken.update(names)

    def take_all(self) -> None:
        """Count everything in it as kept."""
        self.taken.update(self.content)

    def refuse_modifiers(self) -> None:
        """Refuse the entry where something not understood may turn the meaning of all that is here."""
        if self.content.get("modifierExtension"):
            detail = "A modifier extension can turn the meaning of all that is here; none is understood."
            self.notes.refuse(self.at("modifierExtension"), "extension", detail)

    def part(self, name: str) -> "Element | None":
        """An object in it; the same one each time."""
        if name not in self.content:
            return None
        if name not in self._inside:
            found = self._of_kind(name, dict, "an object")
            self._inside[name] = [] if found is None else [self._inner(name, name, found)]
        inside = self._inside[name]
        return inside[0] if inside else None

    def parts(self, name: str) -> "list[Element]":
        """The objects in a list in it; what is no object among them is an issue."""
        if name not in self.content:
            return []
        if name not in self._inside:
            found: list[Any] = self._of_kind(name, list, "a list") or []
            inside = self._inside[name] = []
            for position, one in enumerate(found):
                if isinstance(one, dict):
                    inside.append(self._inner(name, (name, position), one))
                else:
                    self.notes.refuse(f"{self.at(name)}[{position}]", "structure", "Not an object.")
        return self._inside[name]

    def _inner(self, name: str, place: str | tuple[str, int], content: dict[str, Any]) -> "Element":
        inner = Element(content, place, self.notes, self.named(name), self)
        if "modifierExtension" in content:
            inner.refuse_modifiers()
        return inner

    def text(self, name: str, most: int = TEXT_LENGTH, *, lines: bool = False) -> str | None:
        """A text as the service keeps it; None where nothing is in it."""
        found = self._of_kind(name, str, "a text")
        return self._kept(found, name, most, lines=lines) if found else None

    def texts(self, name: str) -> list[str]:
        """The texts in a list."""
        found: list[Any] = self._of_kind(name, list, "a list") or []
        kept = []
        for position, one in enumerate(found):
            if isinstance(one, str):
                kept.append(self._kept(one, f"{name}[{position}]", TEXT_LENGTH, lines=False))
            else:
                self.notes.refuse(f"{self.at(name)}[{position}]", "structure", "Not a text.")
        return [text for text in kept if text]

    def code(self, name: str) -> str | None:
        """One word of R4's, a URI or a reference, to be compared and not kept; None where it is blank."""
        found = self._of_kind(name, str, "a text")
        return found.strip() or None if found else None

    def short(self, name: str) -> str | None:
        """A code or the name of a system, to be kept."""
        return self.text(name, SHORT_LENGTH)

    def checked(self, name: str, text: str, most: int = SHORT_LENGTH) -> str | None:
        """A text that was made from what stands under ``name``, as the service keeps it."""
        return self._kept(text, name, most, lines=False)

    def flag(self, name: str) -> bool | None:
        """True or false, and nothing that is only like them."""
        return self._of_kind(name, bool, "true or false")

    def digits(self, name: str) -> str | None:
        """A number as it is written."""
        found = self._of_kind(name, _NUMBERS, "a number")
        if isinstance(found, bool):
            self.notes.refuse(self.at(name), "structure", "Not a number.")
            return None
        if isinstance(found, WrittenNumber):
            return found.digits
        return None if found is None else str(found)

    def _of_kind(self, name: str, kind: type[_T] | tuple[type[_T], ...], called: str) -> _T | None:
        if name not in self.content:
            return None
        self.taken.add(name)
        found = self.content[name]
        if isinstance(found, kind):
            return found
        if found is None:
            self.notes.tell(self.at(name), "FHIR has no null; this was read as left out.", "structure")
        else:
            self.notes.refuse(self.at(name), "structure", f"Not {called}.")
        return None

    def _kept(self, text: str, name: str, most: int, *, lines: bool) -> str | None:
        if len(text) <= most and text.isascii() and text.isprintable():
            return text.strip() or None
        mended = repaired(text, lines=lines)
        if mended != text:
            self.notes.tell(
                self.at(name), "Tabs and line breaks that cannot be kept here were read as blanks."
            )
        kept, fault = text_fault(mended, most, lines=lines)
        if fault is not None:
            code = "too-long" if fault.code == "too_long" else "value"
            self.notes.refuse(self.at(name), code, fault.detail)
            return None
        return kept

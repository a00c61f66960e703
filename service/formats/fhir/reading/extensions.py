"""Extensions that are understood: ours, and US Core's on how a medicine is taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from service.domain.text import TEXT_LENGTH
from service.formats.fhir.codes import ADHERENCE, DATA_ABSENT_REASON, EXTENSION
from service.formats.fhir.reading.elements import Element

_OWN = f"{EXTENSION}:"
_UNDERSTOOD = (_OWN, ADHERENCE, DATA_ABSENT_REASON)


@dataclass(frozen=True, slots=True)
class Extensions:
    """The extensions of one element that are understood, by their address."""

    known: Mapping[str, Sequence[Element]]

    def named(self, url: str) -> Sequence[Element]:
        """Those of one address."""
        return self.known.get(url, ())

    def own(self, name: str) -> Element | None:
        """The first of ours with that name."""
        return next(iter(self.named(f"{_OWN}{name}")), None) if self.known else None

    def text(self, name: str, most: int = TEXT_LENGTH) -> str | None:
        """The text in one of ours."""
        element = self.own(name)
        return element.text("valueString", most) if element else None

    def code(self, name: str) -> str | None:
        """The code in one of ours, to be kept."""
        element = self.own(name)
        return element.short("valueCode") if element else None


_NONE = Extensions(MappingProxyType({}))


def extensions_of(element: Element) -> Extensions:
    """What is understood of an element's extensions; the others stay to be named as not kept."""
    if "extension" not in element.content:
        return _NONE
    known: dict[str, list[Element]] = {}
    for one in element.parts("extension"):
        url = one.content.get("url")
        if isinstance(url, str) and url.startswith(_UNDERSTOOD):
            one.take("url")
            known.setdefault(url, []).append(one)
    return Extensions(known)

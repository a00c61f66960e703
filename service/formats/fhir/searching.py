"""A search below /fhir: its parameters read strictly, and what they fit.

What is not understood is refused by name: a parameter that was passed over would answer another question than
the one that was asked.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from service.formats.fhir.named_systems import read_system
from service.formats.fhir.search_parameters import SearchParameter
from service.formats.findings import Issue, Severity

MOST_RESULTS = 1000
"""So many on a page at most; a medication list without ``_count`` is never cut below it."""
_MOST_ISSUES = 100
_MOST_ALTERNATIVES = 100
_SPLIT = re.compile(r"(?<!\\),")
_BAR = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([\\,|$])")
_NUMBER = re.compile(r"[0-9]{1,9}")
# What each of the parameters that belong to no type may say; what is not here is read elsewhere.
_VALUES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "_count": _NUMBER,
        "_cursor": re.compile(r"[0-9a-f.-]{1,64}"),
        "_format": re.compile(r".+"),
        "_pretty": re.compile(r"(?:true|false)"),
        "_summary": re.compile(r"false"),
        "_total": re.compile(r"(?:none|estimate|accurate)"),
    }
)


class SearchRefusedError(Exception):
    """A search that is not understood, with every reason."""

    def __init__(self, *issues: Issue) -> None:
        super().__init__("The search is not understood.")
        self.issues = issues


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for.

    ``wanted`` are the values by parameter: each of the sets has to fit, with any one of its values. ``pairs``
    are the parameters as they were sent and understood. ``count`` is None where the sender leaves it to us.
    """

    wanted: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    pairs: tuple[tuple[str, str], ...] = ()
    count: int | None = None
    cursor: str | None = None

    def values(self, *names: str) -> tuple[str, ...]:
        """Every value of these parameters."""
        return tuple(one for name in names for values in self.wanted.get(name, ()) for one in values)

    def asks(self, *names: str) -> bool:
        """Whether any of these parameters was sent."""
        return any(name in self.wanted for name in names)

    def page_size(self, usual: int, most: int = MOST_RESULTS) -> int:
        """How many results a page holds."""
        return min(usual if self.count is None else self.count, most)

    def fits(self, resource: Mapping[str, Any]) -> bool:
        """Whether a resource has what is wanted of it; whose it is has been looked at before."""
        return all(
            any(_SAID[name](resource, value) for value in values)
            for name, sets in self.wanted.items()
            if name in _SAID
            for values in sets
        )


def read_search(
    parameters: Sequence[SearchParameter], sent: Iterable[tuple[str, str]], base: str, *, lenient: bool
) -> Search:
    """Read the parameters that were sent. Raises SearchRefusedError with every one that is not understood.

    ``lenient`` leaves out those that are not known here; what is known has to make sense all the same.
    References below ``base``, the address of the FHIR face, become relative ones.
    """
    known = {parameter.name: parameter for parameter in parameters}
    pairs = [(name, value) for name, value in sent if not lenient or name in known or name in _VALUES]
    issues = [issue for name, value in pairs if (issue := _refused(name, value, known))]
    if issues:
        raise SearchRefusedError(*issues[:_MOST_ISSUES])
    wanted: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name, value in pairs:
        if name in known:
            start = f"{base}/" if known[name].type == "reference" else ""
            values = tuple(one.removeprefix(start) for one in _alternatives(value))
            wanted[name] = (*wanted.get(name, ()), values)
    plain = dict(pairs)
    count = plain.get("_count")
    return Search(wanted, tuple(pairs), int(count) if count else None, plain.get("_cursor"))


def refused(name: str, detail: str) -> SearchRefusedError:
    """The refusal of one parameter."""
    return SearchRefusedError(_issue(name, detail))


def _refused(name: str, value: str, known: Container[str]) -> Issue | None:
    if name in _VALUES:
        fits = _VALUES[name].fullmatch(value)
        return None if fits else _issue(name, "has no value that is known here.")
    if name not in known:
        detail = "is not known here. Send “Prefer: handling=lenient” to have it left out."
        return _issue(name, detail, "not-supported")
    if not all(_alternatives(value)):
        return _issue(name, "has an empty value.")
    if "\0" in value:
        return _issue(name, "holds a zero byte, which no database is asked for.")
    if len(_alternatives(value)) > _MOST_ALTERNATIVES:
        return _issue(name, f"has more than {_MOST_ALTERNATIVES} values.")
    return None


def _issue(name: str, detail: str, code: str = "invalid") -> Issue:
    shown = name if name.isascii() and name.isprintable() else "(name not shown)"
    return Issue(Severity.ERROR, code, f"The parameter {shown[:60]} {detail}")


def _alternatives(value: str) -> tuple[str, ...]:
    return tuple(_SPLIT.split(value))


def unescaped(value: str) -> str:
    r"""A value without the marks before ``\,``, ``\|``, ``\$`` and ``\\``."""
    return _ESCAPED.sub(r"\1", value)


def token(value: str) -> tuple[str | None, str]:
    """System and code of a token; the system is None where any will do."""
    *system, code = _BAR.split(value, maxsplit=1)
    return (unescaped(system[0]) if system else None), unescaped(code)


def _has_id(resource: Mapping[str, Any], value: str) -> bool:
    return str(resource["id"]) == unescaped(value)


def _has_word(name: str) -> Callable[[Mapping[str, Any], str], bool]:
    """For an element with a required binding, whose system goes without saying."""
    return lambda resource, value: resource[name] == token(value)[1]


def _has_code(resource: Mapping[str, Any], value: str) -> bool:
    system, code = token(value)
    return any(
        code in ("", coding["code"]) and system in (None, coding["system"])
        for coding in resource["code"]["coding"]
    )


def _has_identifier(resource: Mapping[str, Any], value: str) -> bool:
    system, number = token(value)
    sought = None if system is None else read_system(system)
    return any(
        number == one["value"] and sought in (None, read_system(one["system"]))
        for one in resource["identifier"]
    )


def _has_url(resource: Mapping[str, Any], value: str) -> bool:
    return str(resource["url"]) == unescaped(value)


def _has_target(resource: Mapping[str, Any], value: str) -> bool:
    return unescaped(value) in _spelled(target["reference"] for target in resource["target"])


def _spelled(references: Iterable[str]) -> Iterator[str]:
    """A reference with its type and without; an item's under both of its types."""
    both = ("MedicationStatement", "MedicationRequest")
    for reference in references:
        kind, _, plain = reference.partition("/")
        yield from (f"{other}/{plain}" for other in (both if kind in both else (kind,)))
        yield plain


_SAID: Mapping[str, Callable[[Mapping[str, Any], str], bool]] = MappingProxyType(
    {
        "_id": _has_id,
        "identifier": _has_identifier,
        "status": _has_word("status"),
        "intent": _has_word("intent"),
        "code": _has_code,
        "target": _has_target,
        "url": _has_url,
    }
)

"""Forms that no page has: names that contradict each other or go on without end; and raw bodies."""

from collections.abc import Callable, Mapping

Form = Mapping[str, str]
FORM = "application/x-www-form-urlencoded"


def every(value: str) -> Callable[[Form], Form]:
    """The form with this in every field."""
    return lambda form: dict.fromkeys(form, value)


def with_fields(**fields: str) -> Callable[[Form], Form]:
    return lambda form: {**form, **fields}


def _inside_each(form: Form) -> Form:
    return {**form, **{f"{name}/first": "x" for name in form}}


def _each_inside(form: Form) -> Form:
    return {**{f"{name}/first": "x" for name in form}, **form}


def _as_lists(form: Form) -> Form:
    return {f"{name}/{place}": value for name, value in form.items() for place in (0, 5, 5000)}


REFUSED: dict[str, Callable[[Form], Form]] = {
    "a field and a field inside it": _inside_each,
    "a field inside a field and that one": _each_inside,
    "a field of lists": _as_lists,
    "a name of 5000 steps": lambda form: {**form, "a/" * 5000 + "b": "x"},
    "each name of 5000 steps": lambda form: {**form, **{name + "/a" * 5000: "x" for name in form}},
    "a place of 5000 digits": lambda form: {**form, "items/" + "9" * 5000: "x"},
    "a name of 5000 digits": lambda form: {**form, "9" * 5000: "x"},
    "an empty name": lambda form: {**form, "": "x"},
    "names of slashes": lambda form: {**form, "/": "x", "//": "y", "a//b": "z"},
    "5000 fields": lambda form: {**form, **{f"n{number}": "x" for number in range(5000)}},
    "a name of a prototype": with_fields(__proto__="x", constructor="y"),
    "a zero byte": every("a\0b"),
    "an override of direction": every("a\u202eb"),
    "nothing to be seen": every("\u200b"),
    "100000 letters": every("x" * 100_000),
}
"""How a good form is spoiled. A page that reads the fields it knows does not see a name too many."""


def parts(number: int, name: bytes = b"a", value: bytes = b"v") -> bytes:
    part = b'--x\r\nContent-Disposition: form-data; name="' + name + b'"\r\n\r\n' + value + b"\r\n"
    return part * number + b"--x--\r\n"


MULTIPART = "multipart/form-data; boundary=x"
RAW: dict[str, tuple[bytes, str, set[int]]] = {
    "no parts": (b"", MULTIPART, {415}),
    "no boundary": (b"--x", "multipart/form-data", {415}),
    "3000 parts": (parts(3000), MULTIPART, {415}),
    "a part with a long name": (parts(1, b"a" * 200_000), MULTIPART, {415}),
    "a part of a million signs": (parts(1, value=b"v" * 1_000_000), MULTIPART, {415}),
    "a file": (b'--x\r\nContent-Disposition: form-data; name="a"; filename="../b"\r\n\r\n', MULTIPART, {415}),
    "parts in parts": (parts(1), "multipart/mixed; boundary=x", {415}),
    "over the limit": (b"a=" + b"x" * 3_000_000, FORM, {413}),
    "over the limit, as JSON": (b" " * 3_000_000, "application/json", {413}),
    "over the limit, in parts": (parts(1, value=b"v" * 3_000_000), MULTIPART, {413}),
    "40000 fields": (b"&".join(b"a%d=" % number for number in range(40_000)), FORM, {413}),
    "a byte that is no letter": (b"name=a\xffb", FORM, {400}),
    "an escaped byte that is no letter": (b"name=a%ffb", FORM, {400}),
    "an escaped half of a surrogate pair": (b"name=%ed%a0%80", FORM, {400}),
    "a name that is no letter": (b"%ff=x", FORM, {400}),
}
"""Bodies that no browser sends from a page: the content, its type and how it is refused, whoever sends it."""

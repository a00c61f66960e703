"""Bodies that no service should take: what cannot be read in one way, and what fits nowhere."""

import json
from collections.abc import Iterator
from typing import Any

DEEP = 100_000
LIMIT = 2 * 1024 * 1024
GOOD = b'{"items": []}'


def keyed(value: bytes) -> bytes:
    """An object that has this where the list's items should be."""
    return b'{"items": ' + value + b"}"


UNREADABLE: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \r\n\t ",
    "zero bytes": b"\0" * 8,
    "a zero byte behind it": GOOD + b"\0",
    "half an object": b"{",
    "half a string": b'{"a": "b',
    "half an escape": b'{"a": "\\u00',
    "no end": GOOD[:-1],
    "two objects": GOOD + b"{}",
    "two objects in lines": GOOD + b"\n" + GOOD,
    "a comma behind the last": b'{"a": 1,}',
    "a comma behind the last of a list": b'{"a": [1,]}',
    "single quotes": b"{'a': 1}",
    "no quotes": b"{a: 1}",
    "a comment": b'{"a": 1} // all of them',
    "a comment before": b"/* */ {}",
    "hexadecimal": keyed(b"0x10"),
    "a plus sign": keyed(b"+1"),
    "a zero before": keyed(b"01"),
    "a bare point": keyed(b".5"),
    "a point without digits": keyed(b"1."),
    "an exponent without digits": keyed(b"1e"),
    "NaN": keyed(b"NaN"),
    "NaN in a list": keyed(b"[NaN]"),
    "Infinity": keyed(b"Infinity"),
    "minus Infinity": keyed(b"-Infinity"),
    "nan": keyed(b"nan"),
    "undefined": keyed(b"undefined"),
    "True": keyed(b"True"),
    "None": keyed(b"None"),
    "a date": keyed(b"new Date()"),
    "a line break in a string": b'{"a": "b\nc"}',
    "a tab in a string": b'{"a": "b\tc"}',
    "a control character in a string": b'{"a": "b\x01c"}',
    "an unknown escape": b'{"a": "\\x41"}',
    "the same key twice": b'{"items": [], "items": []}',
    "the same key twice inside": b'{"patient": {"name": "a", "name": "b"}}',
    "the same key twice, once escaped": b'{"items": [], "\\u0069tems": []}',
    "5000 digits": keyed(b"9" * 5000),
    "5000 digits, negative": keyed(b"-" + b"9" * 5000),
    "5000 digits behind the point": keyed(b"0." + b"9" * 5000),
    "an exponent of 5000 digits": keyed(b"1e" + b"9" * 5000),
    "a million digits": keyed(b"9" * 1_000_000),
    "lists in lists": keyed(b"[" * DEEP + b"]" * DEEP),
    "lists without end": b"[" * DEEP,
    "objects in objects": b'{"a":' * DEEP,
    "33 lists": b"[" * 33 + b"]" * 33,
    "33 objects": b'{"a":' * 33 + b"1" + b"}" * 33,
    "33 in all": keyed(b'[{"a": ' * 16 + b"[]" + b"}]" * 16),
    "UTF-16": json.dumps({"items": []}).encode("utf-16"),
    "UTF-16, big end first": json.dumps({"items": []}).encode("utf-16-be"),
    "UTF-32": json.dumps({"items": []}).encode("utf-32"),
    "a byte order mark": b"\xef\xbb\xbf" + GOOD,
    "Latin-1": '{"a": "é"}'.encode("latin-1"),
    "a byte alone": b'{"a": "\xff"}',
    "a byte alone in a key": b'{"\xff": 1}',
    "half a surrogate pair": b'{"a": "\xed\xa0\x80"}',
    "a slash in two bytes": b'{"a": "\xc0\xaf"}',
    "a cut letter": b'{"a": "\xe2\x82"}',
    "beyond Unicode": b'{"a": "\xf4\x90\x80\x80"}',
    "XML": b'<?xml version="1.0"?><Patient xmlns="http://hl7.org/fhir"/>',
    "XML with entities": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "YAML": b"items: []\n",
    "a form": b"items=&patient=",
    "compressed": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab\xae\x05\x00\x43\xbf\xa6\xa3\x02\x00\x00\x00",
    "pickled": b"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00}\x94\x8c\x01a\x94K\x01s.",
    "blanks over the limit": b" " * (LIMIT + 1),
    "a good one over the limit": GOOD.ljust(LIMIT + 1),
}
"""By what is wrong: no JSON, or JSON that two readers take for two things, or more than is read."""

MISSHAPED: dict[str, bytes] = {
    "a list": b"[]",
    "a list of it": b"[" + GOOD + b"]",
    "a string": b'"text"',
    "a string of it": json.dumps(GOOD.decode()).encode(),
    "null": b"null",
    "true": b"true",
    "a number": b"7",
    "a number beyond all": b"1e400",
    "a number below all": b"-1e400",
    "64 digits": b"9" * 64,
    "32 lists": b"[" * 32 + b"]" * 32,
    "__proto__": b'{"__proto__": {"role": "administrator"}}',
    "constructor": b'{"constructor": {"prototype": {"role": "administrator"}}}',
    "__class__": b'{"__class__": {"__init__": {"__globals__": {}}}}',
    "an empty key": b'{"": 1}',
    "a key of a pointer": b'{"a/b~c": 1}',
    "a key with a zero byte": b'{"a\\u0000b": 1}',
    "a key of half a surrogate pair": b'{"\\ud800": 1}',
    "_schema": b'{"_schema": 1}',
    "a long key": b'{"' + b"k" * 100_000 + b'": 1}',
    "100000 keys": json.dumps({f"k{n}": n for n in range(100_000)}).encode(),
    "100000 numbers": b"[" + b",".join([b"0"] * 100_000) + b"]",
    "$where": b'{"$where": "sleep(1000)"}',
    "a query": b'{"items": {"$gt": ""}}',
    "an id of another": b'{"clinic_id": "00000000-0000-7000-8000-000000000000"}',
    "a role": b'{"role": "administrator"}',
}
"""JSON that is no body of any operation of the API: it is told so, with every fault at its place."""

UNFIT: dict[str, Any] = {
    "a zero byte": "a\0b",
    "a bell": "a\x07b",
    "an escape of a terminal": "\x1b[2J",
    "delete": "a\x7fb",
    "an override of direction": "a\u202eb",
    "an isolate": "a\u2066b",
    "a mark from right to left": "a\u200fb",
    "a line separator": "a\u2028b",
    "a carriage return": "a\rb",
    "half a surrogate pair": "a\ud800b",
    "the other half": "a\udfffb",
    "no character": "a\uffffb",
    "nothing to be seen": "\u200b\u200b",
    "a Hangul filler": "\u3164",
    "a joiner at the edge": "\u200dab",
    "100000 letters": "x" * 100_000,
    "100000 items": [0] * 100_000,
    "a list": [[]],
    "an object": {"a": {"b": "c"}},
    "a number": 7,
    "a fraction": 0.5,
    "a number below zero": -1,
    "a great number": 10**60,
    "a number beyond a double": 1e308,
}
"""Values that no text, date, choice or id takes."""


def spoiled(value: Any, at: str = "") -> Iterator[tuple[str, str, Any]]:
    """A good document with one of its texts made unfit: what was done, the JSON pointer, and the document."""
    if isinstance(value, str):
        yield from ((name, at, unfit) for name, unfit in UNFIT.items())
    elif isinstance(value, dict):
        for key, inner in value.items():
            for name, pointer, made in spoiled(inner, f"{at}/{key}"):
                yield name, pointer, {**value, key: made}
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            for name, pointer, made in spoiled(inner, f"{at}/{place}"):
                yield name, pointer, [*value[:place], made, *value[place + 1 :]]

"""A body without a fault is loaded at once: with the verdict, the values and the faults of marshmallow."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError, fields

from benchmarks.forms import form
from service.web import schemas
from service.web.fields import Choice, Day, Flag, Id, ListOf, Part, PartialDay, Text
from service.web.schemas.clients import KeySetField
from service.web.schemas.intake import IntakeSchema
from service.web.schemas.strict import StrictSchema
from tests.strategies import hostile_names, partial_dates, texts


def _schemas(of: type[StrictSchema] = StrictSchema) -> Iterator[type[StrictSchema]]:
    for one in of.__subclasses__():
        if one.__module__.startswith("service.web."):
            yield one
        yield from _schemas(one)


for _module in pkgutil.iter_modules(schemas.__path__, f"{schemas.__name__}."):
    importlib.import_module(_module.name)
importlib.import_module("service.web.queries")
steadily = settings(
    max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
EVERY_SCHEMA = sorted(set(_schemas()), key=lambda schema: schema.__qualname__)

_REFUSED_SOMEWHERE = (
    "",
    "  ",
    "W" * 4001,
    "\u3164",
    "a\nb",
    "a\r\nb",
    "\u202e",
    b"x",
    "2026-02-30",
    "1961-04",
)
_OTHER_SHAPES = (None, True, 0, 1.5, [], {}, [None], {"_schema": "x"}, {"items": []}, ["x", {}])
_junk = st.sampled_from([*_REFUSED_SOMEWHERE, *_OTHER_SHAPES, *hostile_names])
_RIGHT: list[tuple[type[fields.Field[Any]], Callable[[Any], st.SearchStrategy[Any]]]] = [
    (Choice, lambda field: st.sampled_from(sorted(field.members))),
    (Flag, lambda _: st.booleans()),
    (Day, lambda _: st.dates(min_value=date(1900, 1, 1)).map(str)),
    (PartialDay, lambda _: partial_dates().map(str)),
    (Id, lambda _: st.uuids().map(str)),
    (ListOf, lambda field: st.lists(_right(field.inner), max_size=3)),
    (Part, lambda field: bodies(type(field.schema))),
    (KeySetField, lambda _: st.just('{"keys": []}')),
    (Text, lambda _: texts()),
    (fields.Integer, lambda _: st.integers(-1, 110)),
    (fields.Field, lambda _: _junk),
]
"""Values of which most are as a field of this kind wants them."""


def _right(field: fields.Field[Any]) -> st.SearchStrategy[Any]:
    return next(values for kind, values in _RIGHT if isinstance(field, kind))(field)


@st.composite
def bodies(draw: st.DrawFn, schema: type[StrictSchema]) -> Any:
    """Bodies of a schema: right, nearly right and hostile ones."""
    body = {}
    for name, field in schema().load_fields.items():
        if draw(st.integers(0, 9)) < (9 if field.required else 3):
            body[field.data_key or name] = draw(_right(field) if draw(st.integers(0, 19)) else _junk)
    if not draw(st.integers(0, 19)):
        body[draw(st.sampled_from(["unknown", "", "_schema", "id", "0"]))] = draw(_junk)
    return body if draw(st.integers(0, 29)) else draw(_junk)


def _outcome(schema: type[StrictSchema], body: Any) -> tuple[str, Any, str]:
    try:
        loaded = schema().load(deepcopy(body))
    except ValidationError as error:
        return "refused", error.messages, ""
    return "loaded", loaded, repr(loaded)


def check_the_same(schema: type[StrictSchema], body: Any) -> None:
    at_once = _outcome(schema, body)
    with by_marshmallow():
        assert at_once == _outcome(schema, body)
    event(at_once[0])


def by_marshmallow() -> Any:
    """While it lasts, every object is loaded by marshmallow."""
    return mock.patch.object(StrictSchema, "load", Schema.load)


@pytest.mark.parametrize("schema", EVERY_SCHEMA)
@steadily
@given(data=st.data())
def test_a_body_has_marshmallows_verdict_and_values_and_faults(
    schema: type[StrictSchema], data: st.DataObject
) -> None:
    check_the_same(schema, data.draw(bodies(schema)))


@st.composite
def nearly_right_forms(draw: st.DrawFn) -> Any:
    """A form of 20 items in which up to three things are taken away or are something else."""
    body: Any = form()
    for _ in range(draw(st.integers(0, 3))):
        place, last = None, "items"
        inner: Any = body
        while isinstance(inner, dict | list) and inner and (place is None or draw(st.integers(0, 3))):
            place = inner
            last = draw(st.sampled_from(sorted(inner) if isinstance(inner, dict) else range(len(inner))))
            inner = place[last]
        if draw(st.booleans()):
            place[last] = draw(_junk)
        else:
            del place[last]
    return body


@steadily
@given(body=nearly_right_forms())
def test_a_form_that_is_nearly_right_has_marshmallows_verdict_and_values_and_faults(body: Any) -> None:
    check_the_same(IntakeSchema, body)


@pytest.mark.parametrize("place", [(), ("patient",), ("items", 3), ("items", 3, "codings", 0)])
def test_a_fault_deep_in_a_list_is_told_with_every_other(place: tuple[str | int, ...]) -> None:
    body: Any = form()
    body["items"][3]["codings"] = [{"system": "s", "code": "c"}]
    inner: Any = body
    for step in place:
        inner = inner[step]
    inner["no_such_field"] = 1
    body["items"][7]["status"] = "no such word"
    with pytest.raises(ValidationError) as refused:
        IntakeSchema().load(body)
    with by_marshmallow(), pytest.raises(ValidationError) as of_marshmallow:
        IntakeSchema().load(body)
    assert refused.value.messages == of_marshmallow.value.messages
    assert "status" in refused.value.messages["items"][7]


def test_a_form_without_a_fault_is_not_given_to_marshmallow() -> None:
    with mock.patch.object(Schema, "load", side_effect=AssertionError):
        assert len(IntakeSchema().load(form()).medications.items) == 20

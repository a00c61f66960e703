"""The fields that replies are made of, and pages of them."""

from marshmallow import Schema, fields


def one_of(*words: object) -> fields.String:
    """One of these words."""
    return fields.String(required=True, metadata={"enum": [str(word) for word in words]})


def or_null(*words: object) -> fields.String:
    """One of these words, or null."""
    return fields.String(
        required=True, allow_none=True, metadata={"enum": [*(str(word) for word in words), None]}
    )


def text() -> fields.String:
    """Text."""
    return fields.String(required=True)


def text_or_null() -> fields.String:
    """Text, or null where it is not known."""
    return fields.String(required=True, allow_none=True)


def whole() -> fields.Integer:
    """A whole number."""
    return fields.Integer(required=True)


def instant() -> fields.String:
    """An instant with its offset."""
    return fields.String(required=True, metadata={"format": "date-time"})


def instant_or_null() -> fields.String:
    """An instant with its offset, or null where there is none."""
    return fields.String(required=True, allow_none=True, metadata={"format": "date-time"})


def page_of(item: type[Schema]) -> type[Schema]:
    """The shape of a page of these."""
    name = f"{item.__name__.removesuffix('Reply')}Page"
    return Schema.from_dict(
        {"items": fields.List(fields.Nested(item), required=True), "next": text_or_null()}, name=name
    )

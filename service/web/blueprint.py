"""The blueprint of every API module: strict bodies, all faults at once, one way to document a reply."""

from typing import Any, NoReturn

import marshmallow as ma
from flask import Request, current_app, request
from flask_smorest import Blueprint as SmorestBlueprint
from webargs.flaskparser import FlaskParser
from webargs.multidictproxy import MultiDictProxy

from service.web.json_body import read_json


class StrictParser(FlaskParser):
    """Reads bodies by ``json_body``; refuses unknown fields in the body and in the query."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 -- webargs' own way of setting it
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": ma.RAISE,
    }

    def load_json(self, req: Request, schema: ma.Schema) -> Any:
        """The body's value, however wrong its shape; the schema tells of that."""
        return read_json(req)

    def load_querystring(self, req: Request, schema: ma.Schema) -> Any:
        """The query's values."""
        return MultiDictProxy(req.args, schema)

    def handle_error(
        self,
        error: ma.ValidationError,
        req: Request,
        schema: ma.Schema,
        **_: Any,
    ) -> NoReturn:
        """Pass the faults on, without the name of the place that webargs puts around them."""
        messages = error.messages
        inner = next(iter(messages.values())) if isinstance(messages, dict) and messages else messages
        raise ma.ValidationError(inner)


class Blueprint(SmorestBlueprint):
    """A part of the API with strict arguments."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before_request(_check_query)

    def arguments(self, schema: type[ma.Schema], **kwargs: Any) -> Any:
        """Like the library's, with one schema object for all requests instead of a new one for each."""
        return super().arguments(schema(), **kwargs)


def _check_query() -> None:
    """Refuse what is said twice in a query, and any query where the operation declares none.

    Where it declares one, its schema tells of parameters that it does not know. Raises ValidationError.
    """
    if not request.query_string:
        return
    view = current_app.view_functions[request.endpoint or ""]
    parameters = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", ())
    takes_query = any(parameter["in"] == "query" for parameter in parameters)
    faults = {
        name: ["twice|This is said twice."] if takes_query else ["unknown_field|There is no such field."]
        for name, values in request.args.lists()
        if len(values) > 1 or not takes_query
    }
    if faults:
        raise ma.ValidationError(faults)

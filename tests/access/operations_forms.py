"""How each step of the intake form is asked for, behind a link and at the desk; and what anybody may read."""

from collections.abc import Callable, Mapping

from tests.access.calls import Call
from tests.access.clinics import FilledClinic
from tests.access.operations_v1 import How

Places = Callable[[FilledClinic], dict[str, str]]
_TEA = {"name": "Tea"}
_WHO = {"informant/kind": "patient"}
_CATEGORY = {"category": "supplement"}
_STEPS: tuple[tuple[str, dict[str, str], dict[str, str] | None], ...] = (
    ("GET /who", {}, None),
    ("POST /language", {}, {"language": "en"}),
    ("GET /{category}", _CATEGORY, None),
    ("POST /{category}", _CATEGORY, {"answer": "items_reported"}),
    ("GET /{category}/items", _CATEGORY, None),
    ("GET /{category}/items/new", _CATEGORY, None),
    ("POST /{category}/items/new", _CATEGORY, _TEA),
    ("GET /{category}/items/{key}", {**_CATEGORY, "key": "1"}, None),
    ("POST /{category}/items/{key}", {**_CATEGORY, "key": "1"}, _TEA),
    ("GET /look", {}, None),
    ("GET /receipt", {}, None),
)


def _steps(address: str, places: Places) -> dict[str, How]:
    """The steps that the form has in both places."""

    def step(more: dict[str, str], form: dict[str, str] | None) -> How:
        return lambda c: Call({**places(c), **more}, form=form)

    return {
        f"{method} {address}{path}": step(more, form)
        for (method, path), more, form in ((name.split(" "), more, form) for name, more, form in _STEPS)
    }


def _link(c: FilledClinic) -> dict[str, str]:
    return {"link_id": c.form}


def _desk(c: FilledClinic) -> dict[str, str]:
    return {"form_id": c.desk_form}


def _on_file(places: Places, form: dict[str, str] | None = None) -> How:
    return lambda c: Call({**places(c), "item_id": c.sheet.item}, form=form)


def _sent_at_desk(c: FilledClinic) -> Call:
    form = c.new_desk_form(c.new_sheet())
    return Call({"form_id": form}, form={})


FORMS: Mapping[str, How] = {
    "GET /intake/{secret}": lambda c: Call({"secret": c.new_link()}),
    "POST /intake/{secret}": lambda c: Call({"secret": c.new_link()}, form={}),
    **_steps("/form/{link_id}", _link),
    "POST /form/{link_id}/who": lambda c: Call(_link(c), form=_WHO),
    "POST /form/{link_id}/send": lambda c: Call({"link_id": c.new_form()}, form={}),
    # Behind a link nothing is on file, whoever asks.
    "GET /form/{link_id}/on-file/{item_id}": _on_file(_link),
    "POST /form/{link_id}/on-file/{item_id}": _on_file(_link, _TEA),
    **_steps("/intake-forms/{form_id}", _desk),
    "POST /intake-forms/{form_id}/who": lambda c: Call(_desk(c), form={**_WHO, "collection_mode": "phone"}),
    "POST /intake-forms/{form_id}/newest": lambda c: Call({"form_id": c.desk_form}, form={}),
    "POST /intake-forms/{form_id}/send": _sent_at_desk,
    "GET /intake-forms/{form_id}/on-file/{item_id}": _on_file(_desk),
    "POST /intake-forms/{form_id}/on-file/{item_id}": _on_file(_desk, _TEA),
}

ASSETS: Mapping[str, How] = {
    "GET /healthz": lambda _: Call(),
    "GET /readyz": lambda _: Call(),
    # Nothing is there until the operator chooses a token for it.
    "GET /metrics": lambda _: Call(statuses=frozenset({404})),
    "GET /openapi.json": lambda _: Call(),
    "GET /docs": lambda _: Call(),
    "GET /docs/start.js": lambda _: Call(),
    "GET /docs/assets/{name}": lambda _: Call({"name": "swagger-ui.css"}),
    "GET /static/sheet.css": lambda _: Call(),
    "GET /static/fonts/{face}.ttf": lambda _: Call({"face": "FiraGO_Regular"}),
    "GET /static/pages/{name}": lambda _: Call({"name": "pages.css"}),
}

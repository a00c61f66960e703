"""The forms that change a draft of guidance: from which revision, and what is told who comes late."""

from collections.abc import Callable

from flask import Response

from service.actions.work import Work
from service.domain.errors import ConflictError, Fault
from service.web.pages.once import run_form_once
from service.web.pages.rendering import say
from service.web.pages.typed import Typed

_REVISION = "-revision"
_MOST_DIGITS = 9


def revision_of(typed: Typed) -> int:
    """The revision that a form was made from; one that no draft has where it does not say."""
    said = typed.value(_REVISION)
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS else 0


def change_once(
    act: Callable[[Work], str],
    typed: Typed,
    again: Callable[[Typed], Response],
    said: str | None = None,
) -> Response:
    """Run a form's actions, lead to the address that they name, and say there the text with the key ``said``.

    Where somebody else was first, ``again`` shows the form with what was typed, to be sent once more.
    """
    try:
        answer = run_form_once(act)
    except ConflictError as error:
        return again(_late(typed, error))
    if said is not None:
        say(said)
    return answer


def _late(typed: Typed, error: ConflictError) -> Typed:
    values = {name: value for name, value in typed.values.items() if name not in (_REVISION, "-once")}
    return Typed(values, (Fault("/-draft", error.code, error.detail),))

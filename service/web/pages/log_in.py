"""Staff log in and out, and everybody chooses the language of the pages."""

from flask import Response, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions.sessions import LogInRefusedError, log_in, log_out
from service.domain.errors import Fault
from service.web.auth import is_open
from service.web.current import house
from service.web.limits import limited_log_in
from service.web.pages import cookies
from service.web.pages.blueprint import Pages
from service.web.pages.rendering import render, say
from service.web.pages.typed import Typed, load, released, typed_now
from service.web.schemas.sessions import LogInSchema

pages = Pages("log_in", __name__)
_A_YEAR = 365 * 24 * 3600


@pages.get("/log-in")
@is_open
def get_log_in() -> Response:
    """The form."""
    return render("log_in", again={}, path=_own_path(request.args.get("to")), typed=Typed())


@pages.post("/log-in")
@is_open
def post_log_in() -> AnyResponse:
    """Open a session on the server; the browser holds its token and nothing else."""
    typed = typed_now()
    path, again = _own_path(typed.value("-path")), released(typed)
    sent, typed = load(LogInSchema, Typed({name: typed.value(name) for name in ("login", "password")}))
    if sent is None:
        return _refused(typed, again, path, 422)
    here = house()
    try:
        with limited_log_in():
            opened = log_in(here.database, sent["login"], sent["password"], here.clock())
    except LogInRefusedError as error:
        return _turned_away(error, typed, again, path)
    # A token that was given before the log-in is of no use after it.
    session.clear()
    made: AnyResponse = _again(again, path, "page.go_on") if again else redirect(path)
    cookies.put(_as_response(made), cookies.STAFF_SESSION, opened.token)
    _end_what_was_before(_as_response(made))
    return made


@pages.post("/log-out")
@is_open
def post_log_out() -> AnyResponse:
    """End the session on the server, whatever the browser does with its cookie."""
    secret = cookies.read(cookies.STAFF_SESSION)
    if secret:
        log_out(house().database, secret)
    session.clear()
    say("page.logged_out")
    made = redirect(url_for("pages_log_in.get_log_in"))
    cookies.drop(_as_response(made), cookies.STAFF_SESSION)
    return made


@pages.post("/language")
@is_open
def post_language() -> AnyResponse:
    """Choose the language of the pages for this browser; what was typed meanwhile can be sent again."""
    typed = typed_now()
    path, again, wanted = _own_path(typed.value("-path")), released(typed), typed.value("language")
    known = wanted in house().catalogues
    if known:
        g.page_language = wanted
    made: AnyResponse = _again(again, path, "page.language_changed") if again else redirect(path)
    if known:
        cookies.put(_as_response(made), cookies.LANGUAGE, wanted, seconds=_A_YEAR)
    return made


def _again(again: dict[str, str], path: str, title: str) -> Response:
    """Ask whether what was typed before is to be sent now; another language asks the same."""
    return render("again", again=again, path=path, title=title, switch_to=path, switch_with=again)


def _refused(typed: Typed, again: dict[str, str], path: str, status: int) -> Response:
    """The form again, with the log-in as it was typed and never the password."""
    shown = Typed({"login": typed.value("login")}, typed.faults)
    return render("log_in", status, again=again, path=path, typed=shown)


def _turned_away(error: LogInRefusedError, typed: Typed, again: dict[str, str], path: str) -> Response:
    """The form again with why: nobody was let in, or nobody is for a while."""
    code, status = ("too_many_failures", 429) if error.retry_after else ("log_in_refused", 401)
    response = _refused(typed.with_faults([Fault("/login", code, "")]), again, path, status)
    if error.retry_after:
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _end_what_was_before(made: Response) -> None:
    """End what this browser held: an earlier log-in, and a device that was handed over and is back."""
    for name in (cookies.STAFF_SESSION, cookies.HANDED_OVER):
        before = cookies.read(name)
        if before:
            log_out(house().database, before)
    if cookies.read(cookies.HANDED_OVER):
        cookies.drop(made, cookies.HANDED_OVER)


def _own_path(path: str | None) -> str:
    """A path of this host; anything that could lead elsewhere leads to the first page."""
    if path and path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable():
        return path
    return "/"


def _as_response(made: AnyResponse) -> Response:
    assert isinstance(made, Response)  # noqa: S101 -- what Flask itself makes
    return made

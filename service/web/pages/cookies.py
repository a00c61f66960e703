"""What a browser holds: names and attributes of the cookies, in one place.

In production every cookie is bound to the host over TLS (``__Host-``). A demo serves made-up data over plain
HTTP, where browsers take no such cookie.
"""

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from service.config import Settings
from service.web.current import house

STAFF_SESSION = "session"
FORM_SESSION = "form"
HANDED_OVER = "handed"
LANGUAGE = "language"
_SIGNED = "page"


class _SignedCookie(SecureCookieSessionInterface):
    """Looks for a signature only where a request brings cookies: programs bring none."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the request's cookie holds."""
        if "HTTP_COOKIE" not in request.environ:
            return self.session_class()
        return super().open_session(app, request)


def configure(app: Flask, settings: Settings) -> None:
    """Set up the signed cookie: what guards forms against forged posts, and what was just done.

    What a former key signed is taken, so that a page that is open while the key is changed can be sent.
    """
    secure, former = settings.mode == "production", settings.former_secret_keys
    app.session_interface = _SignedCookie()
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(former),
        # Flask-WTF knows nothing of the fallbacks; its signer takes several keys and signs with the last.
        WTF_CSRF_SECRET_KEY=[*reversed(former), settings.secret_key],
        SESSION_COOKIE_NAME=f"__Host-{_SIGNED}" if secure else _SIGNED,
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,
        # The guard ends with the browser's session: a page left open over lunch can still be sent.
        WTF_CSRF_TIME_LIMIT=None,
        # No page tells another host where it came from, so there is no referrer to look at.
        WTF_CSRF_SSL_STRICT=False,
    )


def read(name: str) -> str | None:
    """The value of a cookie that this browser holds."""
    return request.cookies.get(_name(name))


def put(response: Response, name: str, value: str, *, seconds: int | None = None) -> None:
    """Have the browser hold a cookie; without ``seconds`` until it is closed."""
    response.set_cookie(
        _name(name), value, max_age=seconds, secure=_secure(), httponly=True, samesite="Lax", path="/"
    )


def drop(response: Response, name: str) -> None:
    """Have the browser forget a cookie."""
    response.delete_cookie(_name(name), secure=_secure(), httponly=True, samesite="Lax", path="/")


def _name(name: str) -> str:
    return f"__Host-{name}" if _secure() else name


def _secure() -> bool:
    return house().settings.mode == "production"

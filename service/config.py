"""The environment, read once, in one place; and which release it is that runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal
from urllib.parse import urlsplit

PREFIX = "MEDICATION_CHECKLIST_"


def release() -> str:
    """Which release is installed, such as ``0.1.0``; ``pyproject.toml`` says it, and nothing else does."""
    return version("medication-checklist")


class ConfigurationError(Exception):
    """The environment does not allow a start; the message says what to set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the service was started with. Sizes are in bytes.

    ``public_url`` is the address that other systems know it by, without a slash at its end.
    ``open_hooks_clinic`` names the clinic that CDS Hooks answer for without a token; None answers nobody.
    ``proxies`` is how many of one's own stand before the service and tell whom they speak for.
    The first of ``audit_keys`` signs the audit trail, and all of them verify it.
    ``drain_seconds`` is how long a server that was told to end says so and works on, before it takes no more.
    What one of the ``former_secret_keys`` signed is taken like what ``secret_key`` signs.
    ``metrics_token`` opens ``/metrics``; None opens it to nobody.
    Of the limits, ``calls_per_minute`` and ``failures_per_minute``, 0 is none.
    """

    database_url: str
    secret_key: str
    audit_keys: tuple[str, ...]
    mode: Literal["production", "demo"]
    host: str
    port: int
    threads: int
    body_limit: int
    public_url: str
    open_hooks_clinic: str | None
    proxies: int = 0
    drain_seconds: int = 0
    former_secret_keys: tuple[str, ...] = ()
    calls_per_minute: int = 0
    failures_per_minute: int = 0
    metrics_token: str | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its name, its default (None: must be set in production) and its meaning."""

    name: str
    default: str | None
    meaning: str


VARIABLES = (
    Variable(
        "DATABASE_URL", "sqlite:///var/medication-checklist.sqlite3", "SQLite file or postgresql:// address"
    ),
    Variable("HOST", "127.0.0.1", "address to listen on"),
    Variable("PORT", "8000", "port to listen on"),
    Variable(PREFIX + "MODE", "production", "production, or demo for made-up data only"),
    Variable(
        PREFIX + "SECRET_KEY",
        None,
        "at least 32 random characters, which sign what browsers hold; former keys after it, with commas",
    ),
    Variable(
        PREFIX + "AUDIT_KEY",
        None,
        "at least 32 random characters, which sign the audit trail; former keys after it, with commas",
    ),
    Variable(PREFIX + "THREADS", "16", "requests answered at the same time"),
    Variable(PREFIX + "BODY_LIMIT", "2097152", "largest request body, in bytes"),
    Variable(
        PREFIX + "PUBLIC_URL", "", "address that other systems reach it by; http://HOST:PORT when unset"
    ),
    Variable(
        PREFIX + "OPEN_HOOKS_CLINIC", "", "demo only: the clinic whose CDS Hooks answer without a token"
    ),
    Variable(
        PREFIX + "PROXIES",
        "0",
        "proxies of your own before the service, whose X-Forwarded headers are believed",
    ),
    Variable(
        PREFIX + "DRAIN_SECONDS", "0", "after the signal to end: how long to work on, with 503 on /readyz"
    ),
    Variable(PREFIX + "CALLS_PER_MINUTE", "600", "most calls a minute of each client; 0 is no limit"),
    Variable(
        PREFIX + "FAILURES_PER_MINUTE",
        "60",
        "most failed log-ins a minute from each address, and as many keys that are none; 0 is no limit",
    ),
    Variable(
        PREFIX + "METRICS_TOKEN", "", "at least 32 random characters that open /metrics; nobody's when unset"
    ),
)

_SHORTEST_SECRET = 32
_NUMBERS = {
    "PORT": (1, 65535),
    PREFIX + "THREADS": (1, 256),
    PREFIX + "BODY_LIMIT": (1, 64 * 1024 * 1024),
    PREFIX + "PROXIES": (0, 9),
    PREFIX + "DRAIN_SECONDS": (0, 60),
    PREFIX + "CALLS_PER_MINUTE": (0, 1_000_000),
    PREFIX + "FAILURES_PER_MINUTE": (0, 1_000_000),
}
"""The variables that are whole numbers, each with the least and the most that it may be."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read and check the environment. Raises ConfigurationError naming every variable that is wrong."""
    values, public_url = _values(environment), read_public_url(environment)
    if faults := [*_number_faults(values), *_key_faults(values), *_other_faults(values, public_url)]:
        raise ConfigurationError("\n".join(faults))
    secret_key, *former_secret_keys = values[PREFIX + "SECRET_KEY"].split(",")
    return Settings(
        database_url=values["DATABASE_URL"],
        secret_key=secret_key,
        audit_keys=tuple(values[PREFIX + "AUDIT_KEY"].split(",")),
        mode="demo" if values[PREFIX + "MODE"] == "demo" else "production",
        host=values["HOST"],
        port=int(values["PORT"]),
        threads=int(values[PREFIX + "THREADS"]),
        body_limit=int(values[PREFIX + "BODY_LIMIT"]),
        public_url=public_url,
        open_hooks_clinic=values[PREFIX + "OPEN_HOOKS_CLINIC"] or None,
        proxies=int(values[PREFIX + "PROXIES"]),
        drain_seconds=int(values[PREFIX + "DRAIN_SECONDS"]),
        former_secret_keys=tuple(former_secret_keys),
        calls_per_minute=int(values[PREFIX + "CALLS_PER_MINUTE"]),
        failures_per_minute=int(values[PREFIX + "FAILURES_PER_MINUTE"]),
        metrics_token=values[PREFIX + "METRICS_TOKEN"] or None,
    )


def read_public_url(environment: Mapping[str, str]) -> str:
    """The address that other systems know the service by, without a slash at its end; not looked at."""
    values = _values(environment)
    return values[PREFIX + "PUBLIC_URL"].rstrip("/") or f"http://{values['HOST']}:{values['PORT']}"


def _values(environment: Mapping[str, str]) -> dict[str, str]:
    return {v.name: environment.get(v.name) or v.default or "" for v in VARIABLES}


def read_audit_keys(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of the audit trail alone, for what serves nobody. Raises ConfigurationError."""
    keys = environment.get(PREFIX + "AUDIT_KEY", "").split(",")
    if faults := _secret_faults(PREFIX + "AUDIT_KEY", keys):
        raise ConfigurationError("\n".join(faults))
    return tuple(keys)


def _number_faults(values: Mapping[str, str]) -> Iterator[str]:
    for name, (least, most) in _NUMBERS.items():
        text = values[name]
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            yield f"{name} is a whole number from {least} to {most}"


def _key_faults(values: Mapping[str, str]) -> Iterator[str]:
    for name in (PREFIX + "SECRET_KEY", PREFIX + "AUDIT_KEY"):
        yield from _secret_faults(name, values[name].split(","))


def _other_faults(values: Mapping[str, str], public_url: str) -> Iterator[str]:
    mode = values[PREFIX + "MODE"]
    if mode not in ("production", "demo"):
        yield f"{PREFIX}MODE is production or demo"
    if not _is_address(public_url):
        yield f"{PREFIX}PUBLIC_URL is an http or https address without a query"
    if values[PREFIX + "OPEN_HOOKS_CLINIC"] and mode != "demo":
        yield f"{PREFIX}OPEN_HOOKS_CLINIC is for the demo: in production every request shows a token"
    if 0 < len(values[PREFIX + "METRICS_TOKEN"]) < _SHORTEST_SECRET:
        yield f"{PREFIX}METRICS_TOKEN has at least {_SHORTEST_SECRET} random characters"


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not parts.query and not parts.fragment


def _secret_faults(name: str, keys: list[str]) -> list[str]:
    """What is wrong with the keys of a variable: the one in use, and after it those that were before it."""
    if all(len(key) >= _SHORTEST_SECRET for key in keys):
        return []
    command = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
    return [
        f"{name} needs at least {_SHORTEST_SECRET} random characters for each key; make one with {command}"
    ]

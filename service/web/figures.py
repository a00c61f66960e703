"""What the service counts of itself. A label is a word of the program: never an address, an id or a name."""

from collections.abc import Iterator
from time import perf_counter
from typing import NamedTuple, cast

from flask import Flask, Response, current_app, g, request
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    disable_created_metrics,
)
from prometheus_client.core import CounterMetricFamily, Metric

from service.config import release
from service.domain.access.clients import Refusal
from service.domain.access.limits import LimitKind
from service.store.database import Database

# When each series began is one more line for each, and of no use where the process tells its start.
disable_created_metrics()  # type: ignore[no-untyped-call]
_NAME = "medication_checklist"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_REFUSED = {
    "key": ("none",),
    "log_in": ("wrong", "closed"),
    "permission": ("missing",),
    "client": tuple(reason.value for reason in Refusal),
    "limit": tuple(kind.value for kind in LimitKind),
}


class _Answered(NamedTuple):
    """Where a request of one kind is counted."""

    number: Counter
    seconds: Histogram


class Figures:
    """The figures of one application, in a registry of its own."""

    def __init__(self, database: Database) -> None:
        self.registry = CollectorRegistry()
        self._requests = self._counter("requests", "Requests answered.", "route", "method", "status")
        self._seconds = Histogram(
            f"{_NAME}_request_seconds",
            "Time to answer a request.",
            ("route", "method"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._answered: dict[tuple[str, str, int], _Answered] = {}
        self.in_flight = self._gauge("requests_in_flight", "Requests that are being answered.")
        batches = "Print batches that are set or wait for it."
        self.print_batches = self._gauge("print_batches_running", batches)
        self._refusals = self._counter("refusals", "Callers who were refused.", "kind", "reason")
        for kind, reasons in _REFUSED.items():
            for reason in reasons:
                self._refusals.labels(kind, reason)
        self.unavailable = self._counter("database_unavailable", "Times that the database could not be used.")
        self._tell_of(database)

    def _tell_of(self, database: Database) -> None:
        connections = self._gauge("database_connections_in_use", "Connections to the database in use.")
        connections.set_function(lambda: database.connections_in_use)
        self.registry.register(_Waits(database))
        running = {"version": release(), "database": database.kind}
        Info(_NAME, "The release that is running.", registry=self.registry).info(running)

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"{_NAME}_{name}", meaning, labels, registry=self.registry)

    def _gauge(self, name: str, meaning: str) -> Gauge:
        return Gauge(f"{_NAME}_{name}", meaning, registry=self.registry)

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count an answer. ``route`` is the rule that it came by, with places for ids."""
        where = self._answered.get((route, method, status))
        if where is None:
            where = _Answered(
                self._requests.labels(route, method, str(status)), self._seconds.labels(route, method)
            )
            self._answered[route, method, status] = where
        where.number.inc()
        where.seconds.observe(seconds)

    def refused(self, kind: str, reason: str) -> None:
        """Count a refusal. Raises KeyError for words that are not known beforehand."""
        if reason not in _REFUSED[kind]:
            raise KeyError(reason)
        self._refusals.labels(kind, reason).inc()


class _Waits:
    """How long writers waited for their turn at SQLite: read where it is counted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def collect(self) -> Iterator[Metric]:
        """The two sums."""
        number, seconds = self._database.waits
        yield CounterMetricFamily(
            f"{_NAME}_database_waits", "Writes to SQLite that waited for their turn.", value=number
        )
        yield CounterMetricFamily(
            f"{_NAME}_database_wait_seconds",
            "Time that writes to SQLite waited for their turn.",
            value=seconds,
        )


def register(app: Flask, database: Database) -> None:
    """Count every request of the application; to be called before anything else is to run for one."""
    app.extensions["figures"] = Figures(database)
    app.before_request(_begin)
    app.after_request(_answer)
    app.teardown_request(_end)


def figures() -> Figures:
    """The figures of the application at hand."""
    return cast("Figures", current_app.extensions["figures"])


def _begin() -> None:
    g.begun = perf_counter()
    figures().in_flight.inc()


def _answer(response: Response) -> Response:
    rule = request.url_rule.rule if request.url_rule else "none"
    method = request.method if request.method in _METHODS else "other"
    figures().answered(rule, method, response.status_code, perf_counter() - g.begun)
    return response


def _end(_error: BaseException | None) -> None:
    if "begun" in g:
        figures().in_flight.dec()

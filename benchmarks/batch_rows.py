"""The rows of a whole day's sheets in one PDF: how fast, and what the web process keeps of it."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson

from benchmarks.browser import Print, chromium
from benchmarks.databases import MissingError, two_databases
from benchmarks.effort import times
from benchmarks.memory import most_of_their_own, of_their_own
from benchmarks.results import Goal, Result, no_figure, result
from benchmarks.rounds import measure_calls
from benchmarks.sheet import make_sheet
from benchmarks.sheet_rows import CURRENT
from benchmarks.sides import Request, running_side
from benchmarks.works import post_intake, sheet_of
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.printout import BatchHead, PrintableText, press, sheet_html

SPEED = "200 sheets as one PDF, against Chromium"
GROWTH = "The web process's growth over a batch of 200 sheets"
NAMES = [SPEED, GROWTH]
_SHEETS = 200
_ALONE = 20
_SPEED_GOAL = Goal(0.4)
_GROWTH_GOAL = Goal(50)
_BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)
_HEAD = BatchHead(
    clinic="Clinic of the benchmark",
    paper="a4",
    time_zone="UTC",
    made_at=datetime.now(UTC).isoformat(),
    made_by="Key of the benchmark",
    day=None,
    missing=(),
)


def measure(wanted: list[str]) -> Iterator[Result]:
    """The rows wanted."""
    if SPEED in wanted:
        yield _speed()
    if GROWTH in wanted:
        yield _growth()


@dataclass(frozen=True, slots=True)
class _Batch:
    """The same sheets as the press takes them, and as pages for a browser."""

    texts: list[PrintableText]
    pages: list[str]

    def by_the_press(self) -> bytes:
        """As the service does it: by a process of its own, behind a cover."""
        return press(_HEAD, ENGLISH_CATALOGUE, self.texts).pdf

    def by_one_page(self, browser_print: Print) -> bytes:
        """The browser's faster way: one page that holds every sheet, without a cover."""
        bodies = "".join(_body(page) for page in self.pages)
        return browser_print(self.pages[0].replace(_body(self.pages[0]), bodies))


def _body(page: str) -> str:
    found = _BODY.search(page)
    assert found is not None
    return found.group(1)


def _batch(number: int) -> _Batch:
    documents = [make_sheet().by_the_domain() for _ in range(number)]
    pages = [
        sheet_html(orjson.loads(one), CURRENT, ENGLISH_CATALOGUE, stylesheet_url="sheet.css")
        for one in documents
    ]
    return _Batch([PrintableText(one, CURRENT, ENGLISH_CATALOGUE, renewed=False) for one in documents], pages)


def _speed() -> Result:
    number = times(_SHEETS, 3)
    batch = _batch(number)
    try:
        with chromium() as browser_print:
            alone = _seconds_alone(batch.pages[: times(_ALONE)], browser_print) * number
            found = measure_calls(
                batch.by_the_press,
                lambda: batch.by_one_page(browser_print),
                rounds=times(3),
                number=1,
                warm_up=0,
            )
    except MissingError as error:
        return no_figure(SPEED, _SPEED_GOAL, str(error))
    against = (
        f"running Chromium prints one page of all sheets, without a cover; {found.least / 1000:.1f} s "
        f"against {found.ours / 1000:.1f} s (page by page it takes {alone:.0f} s)"
    )
    return result(SPEED, found.ratio, found.low, found.high, _SPEED_GOAL, against)


def _seconds_alone(pages: list[str], browser_print: Print) -> float:
    """What a sheet takes that is loaded and printed as a page of its own."""
    browser_print(pages[0])
    began = time.perf_counter()
    for page in pages:
        browser_print(page)
    return (time.perf_counter() - began) / len(pages)


def _growth() -> Result:
    number = times(_SHEETS, 3)
    with two_databases("sqlite") as (url, _), running_side("service", url) as service:
        receipts = [service.ask(request) for request in post_intake(service, number)]
        ids = [sheet_of(receipt).rpartition("/")[2] for receipt in receipts]
        service.ask(_printing(service.keys.ehr, ids[:1]))
        web = service.processes()
        before = of_their_own(web)
        with most_of_their_own(web) as seen:
            size = len(service.ask(_printing(service.keys.ehr, ids)))
        after = of_their_own(web)
    grown = max(seen) - before
    against = (
        f"the most memory of its own (USS) while {number} sheets are made and sent, {size / 1e6:.0f} MB, "
        f"against {before:.0f} MB before; {after - before:.0f} MB more afterwards"
    )
    return result(GROWTH, grown, grown, grown, _GROWTH_GOAL, against, unit="MB")


def _printing(secret: str, ids: list[str]) -> Request:
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    return Request("POST", "/v1/print-batches", headers, orjson.dumps({"checklists": ids}), 200)

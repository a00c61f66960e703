"""A clinic for the pictures: made-up patients, a fixed morning, and codes that are the same at every run."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from service.domain.guidance.statements import Guidance
from service.formats.guidance_file.reading import read_guidance
from service.store.database.migrations import migrate
from tests.browser.clinic import Clinic
from tests.browser.made_up_patients import DAY, add_patients
from tests.served_app import served_app

ROOT = Path(__file__).parents[1]
# A link has the port in it, and so has the picture of the link.
PORT = 8123
MORNING = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)


def guidance() -> Guidance:
    """The guidance that ships with the project."""
    return read_guidance((ROOT / "seed" / "guidance" / "sorafenib.toml").read_text("utf-8"))


@contextmanager
def picture_clinic(browser: Browser) -> Iterator[Clinic]:
    """The demo's clinic on the morning before the day that its patients are planned for."""
    _make_foreseeable()
    ticks = count()

    def clock() -> datetime:
        """One morning, in which each thing happens a millisecond after the other."""
        return MORNING + timedelta(milliseconds=next(ticks))

    with TemporaryDirectory() as folder:
        database_url = f"sqlite:///{folder}/pictures.sqlite3"
        migrate(database_url)
        with served_app(database_url, clock, guidance(), name="Demo clinic", port=PORT) as service:
            clinic = Clinic(service, browser, {"id": "sorafenib", "planned_start": DAY})
            add_patients(clinic)
            yield clinic
            clinic.close()


def _make_foreseeable() -> None:
    """Have this process draw the same codes and tokens at every run; nothing of it outlives the pictures."""
    drawn = Random(17)  # noqa: S311 -- for pictures to come out alike
    for name, draw in {
        "randbelow": drawn.randrange,
        "choice": drawn.choice,
        "randbits": drawn.getrandbits,
        "token_bytes": lambda length=32: drawn.randbytes(length),
    }.items():
        setattr(secrets, name, draw)

"""The documentation as `make docs` builds it, once for all tests that ask for it, and what its pages hold."""

import fcntl
import re
import subprocess
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).parents[1]
SITE = ROOT / "var" / "docs"


def built_site() -> Path:
    """The folder of the built pages; a build that warns of anything fails."""
    SITE.parent.mkdir(exist_ok=True)
    with (SITE.parent / "docs.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        built = subprocess.run(["make", "docs"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return SITE


@dataclass
class PageOfSite(HTMLParser):
    """What one built page leads to, loads and can be led to.

    ``links`` are the addresses that a reader may follow, ``navigation`` those of the side bar, ``loaded``
    what a browser fetches without being asked, ``anchors`` the ids.
    """

    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    navigation: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    _in_navigation: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if "id" in of:
            self.anchors.add(of["id"])
        if self._in_navigation or "sidebar-tree" in of.get("class", "").split():
            self._in_navigation += tag == "div"
        if tag == "a" and "href" in of:
            (self.navigation if self._in_navigation else self.links).append(of["href"])
        if tag == "link" and not {"next", "prev", "index", "search"} & set(of.get("rel", "").split()):
            self.loaded.append(of["href"])
        self.loaded += [of[name] for name in ("src", "srcset", "poster", "data") if name in of and tag != "a"]
        self.loaded += re.findall(r"url\(([^)]+)\)", of.get("style", ""))

    def handle_endtag(self, tag: str) -> None:
        self._in_navigation -= bool(self._in_navigation) and tag == "div"


@cache
def read_page(path: Path) -> PageOfSite:
    page = PageOfSite()
    page.feed(path.read_text("utf-8"))
    return page

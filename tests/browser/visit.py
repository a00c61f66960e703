"""One visit to a page: how it is watched on the way, and every check of it at every width."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

WIDTHS = (320, 820, 1280)
CHECKS = Path(__file__).with_name("page_checks.js").read_text("utf-8")
# What the policy refused is told to whoever listens from the first moment on.
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  refused.push(`refused by the policy: ${event.violatedDirective} ${event.blockedURI}`);
});
"""
AXE = Axe().axe_script


class Visit:
    """A page of a browser, and everything that it asked for or complained of."""

    def __init__(self, context: BrowserContext, base_url: str) -> None:
        self.base_url = base_url
        self.page: Page = context.new_page()
        self.devtools = context.new_cdp_session(self.page)
        self.page.add_init_script(WATCH)
        self.requests: list[Request] = []
        self.answers: list[Response] = []
        self.complaints: list[ConsoleMessage] = []
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)
        self.page.on("console", self._complained)

    def _asked(self, request: Request) -> None:
        self.requests.append(request)

    def _complained(self, message: ConsoleMessage) -> None:
        self.complaints.append(message)

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self.answers.append(response)

    def left_the_host(self) -> list[str]:
        """Every request to another host; what is inside the page is none."""
        urls = (request.url for request in self.requests)
        return [url for url in urls if not url.startswith((f"{self.base_url}/", "data:", "about:", "blob:"))]

    def complained(self) -> list[str]:
        """What the browser complained of, but for the status of a page that is meant to have it."""
        said = [c.text for c in self.complaints if c.type in ("error", "warning")]
        return [*(text for text in said if "the server responded with a status of" not in text)]

    def faults(self, *, at_fault: bool, asks: bool, framed: bool = True) -> list[str]:
        """Everything wrong with the page as it stands, at every width and with forced colours."""
        page = self.page
        page.evaluate(CHECKS)
        page.evaluate(AXE)
        found = (
            [*self._check("problems")]
            if at_fault
            else [*(self._skips() if framed else []), *self._without_summary()]
        )
        for name in ("head", "fields", "references", *(["chosen"] if asks else [])):
            found += self._check(name)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            at = f"at {width} px: "
            found += [at + fault for name in ("sideways", "small", "axe") for fault in self._check(name)]
            self._font_size(2)
            found += [f"{at}with text twice as large: {fault}" for fault in self._check("sideways")]
            self._font_size(1)
        page.emulate_media(forced_colors="active")
        found += [f"with forced colours: {fault}" for fault in self._check("frames")]
        page.emulate_media(forced_colors="none")
        return found + page.evaluate("window.refused") + self.complained() + self.left_the_host()

    def _font_size(self, times: int) -> None:
        """Text as large as a reader sets it in the browser, which layouts by width heed too."""
        sizes = {"standard": 16 * times, "fixed": 13 * times}
        self.devtools.send("Page.setFontSizes", {"fontSizes": sizes})

    def _check(self, name: str) -> list[str]:
        found: list[str] = self.page.evaluate(f"pageChecks.{name}()")
        return found

    def _without_summary(self) -> list[str]:
        return (
            ["a summary of faults where nothing was sent"] if self.page.locator(".problems").count() else []
        )

    def _skips(self) -> list[str]:
        """The first link of the page leads over the menu, by keyboard."""
        page = self.page
        first = page.locator("a, button, input, select, textarea").first
        first.focus()
        page.keyboard.press("Enter")
        focused = page.evaluate("document.activeElement.id")
        return [] if focused == "main" else [f"the first link leads to {focused!r}, not to the main content"]

"""A person at a browser who has a keyboard and nothing else: no click, no touch, no way but the keys."""

from playwright.sync_api import BrowserContext, Locator, Page

from tests.browser.clinic import called

FARTHEST = 400


class Person:
    """Whatever is asked for is looked for with Tab; what cannot be reached so cannot be used."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.keys = self.page.keyboard

    def opens(self, url: str) -> None:
        self.page.goto(url)

    def goes_to(self, target: Locator) -> None:
        """Press Tab until the focus is there. Finding it by its name takes long, and is done once."""
        wanted = target.element_handle()
        for _ in range(FARTHEST):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.keys.press("Tab")
        raise AssertionError(f"Tab does not lead to {target}")

    def types(self, label: str, text: str) -> None:
        self.goes_to(self.page.get_by_label(label, exact=True))
        self.keys.press("Control+a")
        self.keys.type(text)

    def chooses(self, label: str, within: str | None = None) -> None:
        """Go to the group of choices, then along it with the arrow keys as browsers have it."""
        group = self.page.get_by_role("group", name=within) if within else self.page
        choice = group.get_by_label(label, exact=True)
        name = choice.get_attribute("name")
        self.goes_to(self.page.locator(f"input[type=radio][name='{name}']").first)
        wanted = choice.element_handle()
        for _ in range(FARTHEST):
            if wanted.evaluate("element => element === document.activeElement"):
                break
            self.keys.press("ArrowDown")
        self.keys.press("Space")
        assert choice.is_checked()

    def presses(self, name: str, *, exact: bool = True, within: Locator | None = None) -> None:
        """Press a button, and wait for the page that comes."""
        self._goes_and_presses(
            (within or self.page).get_by_role("button", name=called(name, exact=exact)).first
        )

    def follows(self, name: str, *, exact: bool = True, within: Locator | None = None) -> None:
        """Follow a link."""
        self._goes_and_presses(
            (within or self.page).get_by_role("link", name=called(name, exact=exact)).first
        )

    def _goes_and_presses(self, target: Locator) -> None:
        self.goes_to(target)
        with self.page.expect_navigation():
            self.keys.press("Enter")

    def reads(self) -> str:
        """The words of the page."""
        return " ".join(self.page.locator("main").inner_text().split())

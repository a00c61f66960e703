"""One page in one state: who sees it, how it is reached, and what to expect there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.clinic import Clinic, press

Steps = Callable[[Page, Clinic], None]


@dataclass(frozen=True)
class Shown:
    """``endpoint`` is the view that makes the page; None where no view is reached.

    ``at_fault``: a form is shown again with what is wrong with it. ``asks``: the page asks a person, so
    nothing is chosen yet. ``own``: it needs a browser of its own. ``framed``: it has the menu around it.
    """

    name: str
    endpoint: str | None
    who: str
    reach: Steps
    status: int = 200
    at_fault: bool = False
    asks: bool = True
    own: bool = False
    framed: bool = True


def at(path: str) -> Steps:
    """Open an address."""
    return lambda page, clinic: open_page(page, clinic, path)


def pressed(path: str, *buttons: str, **filled: str) -> Steps:
    """Open an address, fill fields by their names and press buttons or links one after another."""

    def reach(page: Page, clinic: Clinic) -> None:
        open_page(page, clinic, path)
        for name, value in filled.items():
            page.locator(f"[name='{name.replace('__', '/')}']").fill(value)
        for button in buttons:
            press(page, button)

    return reach


def open_page(page: Page, clinic: Clinic, path: str) -> None:
    page.goto(clinic.url(path))


def post(page: Page, clinic: Clinic, path: str, **filled: str) -> None:
    """Send a form that no page shows, as a tampered one or one left open for long would be sent."""
    open_page(page, clinic, "/password")
    with page.expect_navigation():
        page.evaluate(
            """([path, filled]) => {
                const form = Object.assign(document.createElement("form"), { method: "post", action: path });
                filled.csrf_token = document.querySelector("[name=csrf_token]").value;
                for (const [name, value] of Object.entries(filled)) {
                    form.append(Object.assign(document.createElement("input"), { name, value }));
                }
                document.body.append(form);
                form.submit();
            }""",
            [path, {name.replace("__", "/"): value for name, value in filled.items()}],
        )

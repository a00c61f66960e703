"""LHC-Forms, as the National Library of Medicine publishes it, showing a Questionnaire in a real browser."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

_FILES = Path(__file__).parent / "node_modules" / "lforms" / "dist" / "lforms"
_ADDRESS = "http://form.test/"
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A form</title>
<link rel="stylesheet" href="/webcomponent/styles.css">
<script src="/webcomponent/assets/lib/zone.min.js"></script>
<script src="/webcomponent/lhc-forms.js" type="module"></script>
<script src="/fhir/R4/lformsFHIR.min.js" defer></script>
</head><body><div id="form"></div></body></html>"""


class FormPage:
    """A page that shows the form; it is filled in by keyboard."""

    def __init__(self, page: Page, questionnaire: Mapping[str, Any]) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.route("**/*", _serve)
        page.goto(_ADDRESS)
        page.wait_for_function("window.LForms && LForms.FHIR && LForms.FHIR.R4")
        page.evaluate("form => LForms.Util.addFormToPage(form, 'form', {})", questionnaire)
        page.wait_for_selector("#form input")

    def fill(self, response: Mapping[str, Any]) -> None:
        """Show a response in the form."""
        self.page.evaluate(
            """response => {
                const form = LForms.Util.getFormFHIRData('Questionnaire', 'R4');
                const empty = LForms.Util.convertFHIRQuestionnaireToLForms(form, 'R4');
                const util = LForms.Util;
                const filled = util.mergeFHIRDataIntoLForms('QuestionnaireResponse', response, empty, 'R4');
                util.addFormToPage(filled, 'form', {});
            }""",
            response,
        )
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('#form input')].some(one => one.value)"
        )

    def type(self, link: str, text: str) -> None:
        """Type into the question with this link id and place."""
        self.page.locator(f'[id="{link}"]').focus()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")

    def choose(self, link: str, text: str) -> None:
        """Choose one of the answers by typing it until it is the only one offered."""
        question = self.page.locator(f'[id="{link}"]')
        question.focus()
        self.page.keyboard.type(text)
        offered = self.page.locator("#completionOptions li")
        expect(offered).to_have_count(1)
        expect(offered).to_contain_text(text)
        self.page.keyboard.press("Tab")
        expect(question).to_have_value(text)

    def press(self, button: str) -> None:
        """Press a button by keyboard."""
        self.page.locator(f'[id="{button}"]').focus()
        self.page.keyboard.press("Enter")

    def shown(self, link: str) -> bool:
        """Whether a question can be seen."""
        return self.page.locator(f'[id="{link}"]').is_visible()

    def response(self) -> dict[str, Any]:
        """What was filled in, as the form itself writes it."""
        found: dict[str, Any] = self.page.evaluate(
            "() => LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')"
        )
        return found


def _serve(route: Route) -> None:
    path = route.request.url.removeprefix(_ADDRESS)
    if path == "":
        route.fulfill(body=_PAGE, content_type="text/html")
    elif (_FILES / path).is_file():
        route.fulfill(path=_FILES / path)
    else:
        route.abort()

"""Names that an operator types: kept in the form, and under the rules, of every other text."""

import click

from service.domain.text import NAME_LENGTH, clean, fault_in


class KeptText(click.ParamType[str]):
    """Text that may stand on pages and on paper: it hides nothing and turns nothing around."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text as it is kept. Ends the command for one that is refused."""
        fault = fault_in(value, most=NAME_LENGTH)
        text = clean(value)
        if fault is not None or not text:
            self.fail(fault.detail if fault else "This is needed.", param, ctx)
        return text


KEPT_TEXT = KeptText()

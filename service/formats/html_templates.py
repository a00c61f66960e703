"""Templates of pages that leave the service as files, or as the sheet: every value in them is escaped."""

from pathlib import Path

import jinja2


def templates_in(folder: Path) -> jinja2.Environment:
    """The templates of a folder. A value that a template asks for and is not given is an error."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # A part that is included ends its last line.
        keep_trailing_newline=True,
    )

"""The printed code as a picture to scan."""

import segno


def code_picture(code: str) -> str:
    """A QR picture (SVG) of the code's text alone, so that it leads to no address."""
    return str(segno.make(code, error="m", micro=False).svg_inline(border=0, omitsize=True))

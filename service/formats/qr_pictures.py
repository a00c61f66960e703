"""Pictures to scan with a phone: the code of a printed sheet, and the link to an intake form."""

import segno


def code_picture(code: str) -> str:
    """A QR picture (SVG) of a sheet's code alone, so that it leads to no address."""
    return str(segno.make(code, error="m", micro=False).svg_inline(border=0, omitsize=True))


def link_picture(address: str) -> str:
    """A QR picture (SVG) of an address, with the quiet border that phones need, to stand inside a page."""
    return str(segno.make(address, error="m", micro=False).svg_inline(border=4, light="#fff", omitsize=True))

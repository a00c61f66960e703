"""An intake link as a picture to scan with a phone."""

import segno


def link_picture(address: str) -> str:
    """A QR picture (SVG) with the quiet border that phones need, to stand inside a page."""
    return str(segno.make(address, error="m", micro=False).svg_inline(border=4, light="#fff", omitsize=True))

"""What a sheet's page needs beside itself comes from this host."""

import re

from flask import Flask


def test_every_font_of_the_sheets_stylesheet_is_served_by_the_service(app: Flask) -> None:
    client = app.test_client()
    with client.get("/static/sheet.css") as stylesheet:
        fonts = re.findall(r'url\("(.*?)"\)', stylesheet.get_data(as_text=True))

    assert len(fonts) == 2
    for font in fonts:
        answer = client.get(f"/static/{font}")
        assert (answer.status_code, answer.content_type) == (200, "font/ttf")
        assert answer.data[:4] == b"\0\1\0\0"


def test_no_other_font_or_file_is_served(app: Flask) -> None:
    client = app.test_client()

    assert client.get("/static/fonts/NotoSans_Regular.ttf").status_code == 404
    assert client.get("/static/fonts/..%2Fsheet.ttf").status_code == 404

"""Serves the page of one sheet, with everything that the service serves beside it, to any browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.printout import PAGE_FACES, STYLESHEET, face_contents, sheet_html
from tests.formats.printout.samples import CURRENT, Json

_TYPES = {".css": "text/css", ".ttf": "font/ttf"}


class SheetServer:
    """``show`` puts a sheet at ``url``, in the place of the one before."""

    def __init__(self, url: str) -> None:
        self.url = url
        fonts = {f"/static/fonts/{face}.ttf": face_contents(face) for face in PAGE_FACES}
        self.served = {"/static/sheet.css": STYLESHEET.read_bytes(), **fonts}

    def show(self, sheet: Json, state: Json = CURRENT) -> str:
        html = sheet_html(sheet, state, ENGLISH_CATALOGUE, stylesheet_url="/static/sheet.css")
        self.served["/"] = html.encode()
        return self.url


@contextmanager
def sheet_server() -> Iterator[SheetServer]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = server.served.get(self.path)
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", _TYPES.get(self.path[-4:], "text/html"))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server = SheetServer(f"http://127.0.0.1:{http.server_port}/")
    thread = Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()

"""A Firefox to print with, driven over Marionette, its own JSON protocol, which needs no driver."""

import base64
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("firefox-esr", "firefox")
_START = 60.0
# A free port, nothing asked of anybody outside, and no welcome.
_PREFERENCES = {
    "marionette.port": 0,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
}


class Firefox:
    """One window. A command that Firefox refuses raises RuntimeError with its answer."""

    def __init__(self, port: int) -> None:
        self._wire = socket.create_connection(("127.0.0.1", port), timeout=_START)
        self._count = 0
        self._receive()
        self.call("WebDriver:NewSession", {"capabilities": {}})

    def open(self, url: str) -> None:
        self.call("WebDriver:Navigate", {"url": url})

    def put_cookie(self, name: str, value: str) -> None:
        """Hold a cookie for the host of the page at hand."""
        self.call("WebDriver:AddCookie", {"cookie": {"name": name, "value": value}})

    def pdf(self, width: float, height: float) -> bytes:
        """The page as Firefox prints it on paper of this size in centimetres, with the page's own margins."""
        asked = {"page": {"width": width, "height": height}, "background": True, "shrinkToFit": False}
        printed = self.call("WebDriver:Print", asked)
        return base64.b64decode(printed["value"])

    def call(self, command: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self._count += 1
        message = json.dumps([0, self._count, command, parameters]).encode()
        self._wire.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._receive()
        if error:
            raise RuntimeError(f"{command}: {error}")
        return dict(result)

    def _receive(self) -> Any:
        """One message: its length in digits, a colon, and JSON."""
        length = b""
        while not length.endswith(b":"):
            length += self._take(1)
        return json.loads(self._take(int(length[:-1])))

    def _take(self, count: int) -> bytes:
        taken = b""
        while len(taken) < count:
            part = self._wire.recv(count - len(taken))
            assert part, "Firefox has ended"
            taken += part
        return taken

    def close(self) -> None:
        self.call("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._wire.close()


def installed() -> str | None:
    """Where Firefox is; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def running_firefox(path: str, profile: Path) -> Iterator[Firefox]:
    """Firefox without a screen and with a profile of its own, until the block ends."""
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _PREFERENCES.items())
    (profile / "user.js").write_text("".join(lines))
    command = [path, "--headless", "--marionette", "--no-remote", "--profile", profile]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        firefox = Firefox(_port(profile / "MarionetteActivePort", process))
        yield firefox
        firefox.close()
    finally:
        process.terminate()
        process.wait(timeout=20)


def _port(written: Path, process: "subprocess.Popen[bytes]") -> int:
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline and process.poll() is None:
        if written.exists() and (port := written.read_text()):
            return int(port)
        time.sleep(0.05)
    raise AssertionError("Firefox did not start")

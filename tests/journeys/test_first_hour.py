"""A newcomer's first hour: the demo is started, its printed lines are pasted, and a sheet comes out."""

import json
import os
import shlex
import signal
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pypdfium2
import requests
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.running_service import COMMAND


@contextmanager
def demo(folder: Path, port: int) -> Iterator[str]:
    """Start the demo in a folder and give what it printed before it served."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    process = subprocess.Popen(
        [COMMAND, "demo"],
        cwd=folder,
        env=environment | {"PORT": str(port)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        printed = ""
        for line in process.stdout:
            printed += line
            if line.startswith("Stop with"):
                break
        wait_for(f"http://127.0.0.1:{port}")
        yield printed
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        process.stdout.close()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def variables(folder: Path) -> dict[str, str]:
    lines = (folder / "var" / "demo.env").read_text().splitlines()
    return dict(shlex.split(line)[0].split("=", 1) for line in lines)


def test_the_lines_that_the_demo_prints_post_a_list_and_download_its_sheet(tmp_path: Path) -> None:
    port = free_port()
    with demo(tmp_path, port) as printed:
        # Given the demo as `make run` starts it
        assert f"http://127.0.0.1:{port}" in printed
        pasted = printed[printed.index(". var/demo.env") : printed.index("Stop with")]

        # When its lines are pasted
        ran = subprocess.run(
            ["bash", "-eu", "-c", pasted],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

        # Then one call answered 201, and the sheet says what was posted and what was not asked
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout.rstrip().endswith("201")
    sheet = text_of(tmp_path / "checklist.pdf")
    assert "Test Patient 04" in sheet
    assert sheet.count("Lisinopril") == 1
    assert "Not checked for interactions." in sheet


def test_the_demo_starts_again_without_harm_and_keeps_its_keys(tmp_path: Path) -> None:
    port = free_port()
    with demo(tmp_path, port):
        first = variables(tmp_path)
    with demo(tmp_path, port):
        second = variables(tmp_path)
        address = f"http://127.0.0.1:{port}"
        opened, administrator = (
            requests.post(
                f"{address}/v1/sessions",
                json={"login": second[f"{who}_LOGIN"], "password": second[f"{who}_PASSWORD"]},
                timeout=30,
            )
            for who in ("NURSE", "ADMIN")
        )
        assert administrator.status_code == 201
        headers = {"Authorization": f"Bearer {opened.json()['token']}"}
        patients = requests.get(f"{address}/v1/patients", headers=headers, timeout=30).json()["items"]

    assert first == second
    assert set(first) >= {
        "BASE_URL",
        "INTAKE_KEY",
        "EHR_KEY",
        "ADMIN_KEY",
        "NURSE_LOGIN",
        "NURSE_PASSWORD",
        "ADMIN_LOGIN",
        "ADMIN_PASSWORD",
        "SMART_CLIENT_ID",
        "SMART_PRIVATE_JWKS",
    }
    assert Path(first["SMART_PRIVATE_JWKS"]) == tmp_path / "var" / "smart-private.jwks.json"
    for name in ("demo.env", "smart-private.jwks.json"):
        assert stat.S_IMODE((tmp_path / "var" / name).stat().st_mode) == 0o600
    assert [patient["name"] for patient in patients] == [
        "Test Patient 01",
        "Test Patient 02",
        "Test Patient 03",
        *(f"Test Patient {number}" for number in range(11, 16)),
    ]


def test_the_demos_ehr_comes_in_by_its_key_also_where_the_demo_was_there_before_it(tmp_path: Path) -> None:
    port = free_port()
    with demo(tmp_path, port):
        first = variables(tmp_path)
        assert patients_seen_by_the_client(first) == 8
    key = Path(first["SMART_PRIVATE_JWKS"])

    # Given a folder as an earlier release left it, without a client, and then one without its key
    environment = tmp_path / "var" / "demo.env"
    lines = environment.read_text("utf-8").splitlines(keepends=True)
    environment.write_text("".join(line for line in lines if "SMART" not in line), "utf-8")
    with demo(tmp_path, port):
        second = variables(tmp_path)
        assert patients_seen_by_the_client(second) == 8
    assert second["SMART_CLIENT_ID"] != first["SMART_CLIENT_ID"]
    assert second["EHR_KEY"] == first["EHR_KEY"]
    key.unlink()
    with demo(tmp_path, port):
        third = variables(tmp_path)
        assert patients_seen_by_the_client(third) == 8
    assert third == second


def patients_seen_by_the_client(kept: dict[str, str]) -> int:
    """Sign as the demo's EHR, ask for a token, and read with it."""
    endpoint = requests.get(f"{kept['BASE_URL']}/fhir/.well-known/smart-configuration", timeout=30).json()
    [key] = KeySet.import_key_set(json.loads(Path(kept["SMART_PRIVATE_JWKS"]).read_text("utf-8"))).keys
    own = kept["SMART_CLIENT_ID"]
    claims = {"iss": own, "sub": own, "aud": endpoint["token_endpoint"], "jti": str(uuid4())}
    header = {"alg": "ES384", "kid": key.kid}
    signed = jwt.encode(header, {**claims, "exp": int(time.time()) + 60}, key, algorithms=["ES384"])
    answer = requests.post(
        endpoint["token_endpoint"],
        data={
            "grant_type": "client_credentials",
            "scope": "system/*.rs",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": signed,
        },
        timeout=30,
    )
    assert answer.status_code == 200, answer.text
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    patients = requests.get(f"{kept['BASE_URL']}/v1/patients", headers=headers, timeout=30)
    return len(patients.json()["items"])


def test_the_demos_sheets_are_there_to_be_looked_at(tmp_path: Path) -> None:
    with demo(tmp_path, free_port()):
        sheets = sorted(path.name for path in (tmp_path / "var" / "sheets").iterdir())

    assert [name for name in sheets if "later" not in name] == [
        f"patient-{number:02}.pdf" for number in (1, 2, 3, 11, 12, 13, 14)
    ]
    assert "Not asked yet" in text_of(tmp_path / "var" / "sheets" / "patient-01.pdf")


def wait_for(address: str) -> None:
    subprocess.run(
        ["bash", "-c", f"for i in $(seq 100); do curl -fs {address}/readyz && exit; sleep 0.1; done; exit 1"],
        check=True,
        timeout=60,
        capture_output=True,
    )

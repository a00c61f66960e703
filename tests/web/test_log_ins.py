"""Log-ins: known and unknown names fail alike, and too many failures close one."""

from flask import Flask

from tests.web.conftest import PASSWORD, ClinicOfTests


def test_known_and_unknown_log_ins_fail_alike_and_ten_failures_close_the_account(
    app: Flask, clinic: ClinicOfTests
) -> None:
    client = app.test_client()
    for login in (clinic.nurse_login, "nobody"):
        headers = {"X-Request-Id": "the-same"}
        answers = [
            client.post("/v1/sessions", json={"login": login, "password": "wrong " * 3}, headers=headers)
            for _ in range(11)
        ]
        assert [answer.status_code for answer in answers] == [401] * 10 + [429]
        assert int(answers[-1].headers["Retry-After"]) > 0

    right = client.post("/v1/sessions", json={"login": clinic.nurse_login, "password": PASSWORD})
    assert right.status_code == 429

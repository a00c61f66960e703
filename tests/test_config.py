"""The environment, read once: what is wrong is said with what to set."""

import pytest

from service.config import PREFIX, VARIABLES, ConfigurationError, read_settings

SECRET = {PREFIX + "SECRET_KEY": "s" * 32, PREFIX + "AUDIT_KEY": "a" * 32}


def test_the_defaults_and_the_secrets_are_enough_to_start() -> None:
    settings = read_settings(SECRET)

    assert settings.mode == "production"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.database_url.startswith("sqlite:///")


def test_the_environment_is_what_counts() -> None:
    settings = read_settings(
        SECRET
        | {
            "DATABASE_URL": "postgresql://clinic@localhost/checklists",
            "PORT": "8080",
            PREFIX + "MODE": "demo",
            PREFIX + "BODY_LIMIT": "1000",
        }
    )

    assert settings.database_url == "postgresql://clinic@localhost/checklists"
    assert (settings.port, settings.mode, settings.body_limit) == (8080, "demo", 1000)


def test_the_address_for_other_systems_is_its_own_until_another_is_named() -> None:
    assert read_settings(SECRET).public_url == "http://127.0.0.1:8000"
    named = read_settings(SECRET | {PREFIX + "PUBLIC_URL": "https://checklists.example/"})
    assert named.public_url == "https://checklists.example"


@pytest.mark.parametrize(
    "address", ["checklists.example", "ftp://checklists.example", "https://a.example/?b"]
)
def test_an_address_that_nobody_could_follow_is_refused(address: str) -> None:
    with pytest.raises(ConfigurationError, match="PUBLIC_URL"):
        read_settings(SECRET | {PREFIX + "PUBLIC_URL": address})


def test_hooks_that_answer_without_a_token_are_refused_in_production() -> None:
    opened = SECRET | {PREFIX + "OPEN_HOOKS_CLINIC": "Demo clinic"}

    assert read_settings(opened | {PREFIX + "MODE": "demo"}).open_hooks_clinic == "Demo clinic"
    with pytest.raises(ConfigurationError, match="OPEN_HOOKS_CLINIC"):
        read_settings(opened)


def test_callers_are_limited_until_the_operator_says_otherwise() -> None:
    by_default = read_settings(SECRET)
    assert (by_default.calls_per_minute, by_default.failures_per_minute) == (600, 60)
    chosen = SECRET | {PREFIX + "CALLS_PER_MINUTE": "0", PREFIX + "FAILURES_PER_MINUTE": "5"}
    assert (read_settings(chosen).calls_per_minute, read_settings(chosen).failures_per_minute) == (0, 5)
    with pytest.raises(ConfigurationError, match="FAILURES_PER_MINUTE is a whole number from 0"):
        read_settings(SECRET | {PREFIX + "FAILURES_PER_MINUTE": "many"})


def test_a_token_for_the_figures_is_long_or_there_is_none() -> None:
    assert read_settings(SECRET).metrics_token is None
    assert read_settings(SECRET | {PREFIX + "METRICS_TOKEN": "m" * 32}).metrics_token == "m" * 32
    with pytest.raises(ConfigurationError, match="METRICS_TOKEN has at least 32"):
        read_settings(SECRET | {PREFIX + "METRICS_TOKEN": "m" * 31})


def test_no_proxy_is_believed_until_it_is_said_how_many_there_are() -> None:
    assert read_settings(SECRET).proxies == 0
    assert read_settings(SECRET | {PREFIX + "PROXIES": "2"}).proxies == 2


@pytest.mark.parametrize("proxies", ["-1", "10", "one", "*"])
def test_a_number_of_proxies_that_nobody_has_is_refused(proxies: str) -> None:
    with pytest.raises(ConfigurationError, match=PREFIX + "PROXIES is a whole number from 0 to 9"):
        read_settings(SECRET | {PREFIX + "PROXIES": proxies})


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_production_start_without_a_secret_is_refused_and_says_what_to_set(secret: str) -> None:
    with pytest.raises(ConfigurationError, match=PREFIX + "SECRET_KEY needs at least 32"):
        read_settings(SECRET | {PREFIX + "SECRET_KEY": secret})


@pytest.mark.parametrize("keys", ["", "short", f"{'a' * 32},short", f"{'a' * 32},"])
def test_a_start_without_a_key_for_the_audit_trail_is_refused_and_says_what_to_set(keys: str) -> None:
    with pytest.raises(ConfigurationError, match=PREFIX + "AUDIT_KEY needs at least 32"):
        read_settings(SECRET | {PREFIX + "AUDIT_KEY": keys})


def test_the_first_key_of_the_audit_trail_signs_and_older_ones_follow_it() -> None:
    new, old = "n" * 32, "o" * 40

    assert read_settings(SECRET | {PREFIX + "AUDIT_KEY": f"{new},{old}"}).audit_keys == (new, old)


def test_former_secret_keys_stand_after_the_one_in_use() -> None:
    settings = read_settings(SECRET | {PREFIX + "SECRET_KEY": ",".join(("n" * 32, "o" * 40, "p" * 32))})

    assert settings.secret_key == "n" * 32
    assert settings.former_secret_keys == ("o" * 40, "p" * 32)


@pytest.mark.parametrize(
    "keys", ["n" * 32 + ",", "n" * 32 + ",short", "," + "n" * 32, "n" * 16 + "," + "n" * 16]
)
def test_a_former_secret_key_is_as_long_as_the_one_in_use(keys: str) -> None:
    with pytest.raises(ConfigurationError, match="SECRET_KEY needs at least 32 random characters for each"):
        read_settings(SECRET | {PREFIX + "SECRET_KEY": keys})


def test_every_wrong_variable_is_named_at_once() -> None:
    wrong = SECRET | {
        "PORT": "0",
        PREFIX + "MODE": "test",
        PREFIX + "THREADS": "many",
        PREFIX + "DRAIN_SECONDS": "61",
    }

    with pytest.raises(ConfigurationError) as refused:
        read_settings(wrong)

    for name in ("PORT", PREFIX + "MODE", PREFIX + "THREADS", PREFIX + "DRAIN_SECONDS"):
        assert name in str(refused.value)


def test_every_variable_says_what_it_is_for() -> None:
    assert all(variable.meaning for variable in VARIABLES)

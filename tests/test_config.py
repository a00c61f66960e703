"""The environment, read once: what is wrong is said with what to set."""

import pytest

from service.config import PREFIX, VARIABLES, ConfigurationError, read_settings

SECRET = {PREFIX + "SECRET_KEY": "s" * 32}


def test_the_defaults_and_a_secret_are_enough_to_start() -> None:
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


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_production_start_without_a_secret_is_refused_and_says_what_to_set(secret: str) -> None:
    with pytest.raises(ConfigurationError, match=PREFIX + "SECRET_KEY needs at least 32"):
        read_settings({PREFIX + "SECRET_KEY": secret})


def test_every_wrong_variable_is_named_at_once() -> None:
    wrong = SECRET | {"PORT": "0", PREFIX + "MODE": "test", PREFIX + "THREADS": "many"}

    with pytest.raises(ConfigurationError) as refused:
        read_settings(wrong)

    for name in ("PORT", PREFIX + "MODE", PREFIX + "THREADS"):
        assert name in str(refused.value)


def test_every_variable_says_what_it_is_for() -> None:
    assert all(variable.meaning for variable in VARIABLES)

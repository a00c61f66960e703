"""The files of ``deploy/`` are what their programs take, as far as that can be tried without a cluster."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from service.config import VARIABLES, ConfigurationError, read_settings
from tests.faults.cluster.deployed import DEPLOY, Site
from tests.running_service import COMMAND

UNIT = "medication-checklist.service"
MOST_EXPOSED = 2.0


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_the_example_of_an_environment_is_enough_to_start_and_names_only_what_is_read(site: Site) -> None:
    settings = site.environment("environment.example")

    assert read_settings(settings).proxies == 1
    assert set(settings) - {variable.name for variable in VARIABLES} == {"PGPASSFILE"}
    needed = {variable.name for variable in VARIABLES if variable.default is None}
    assert needed <= set(settings)
    for name in needed:
        without = {key: value for key, value in settings.items() if key != name}
        with pytest.raises(ConfigurationError, match=name):
            read_settings(without)


def test_patroni_keeps_a_standby_and_has_time_to_hear_of_the_primary() -> None:
    settings = yaml.safe_load((DEPLOY / "patroni.yml").read_text("utf-8"))["bootstrap"]["dcs"]

    assert settings["synchronous_mode"] == "quorum"
    assert settings["synchronous_mode_strict"] is True
    assert settings["failsafe_mode"] is True
    assert settings["maximum_lag_on_failover"] == 0
    assert settings["ttl"] >= settings["loop_wait"] + 2 * settings["retry_timeout"]


def test_every_password_of_the_databases_stands_in_the_file_for_one_machine(site: Site) -> None:
    own = [site.environment("patroni.env", number) for number in (1, 2, 3)]

    assert [settings["PATRONI_NAME"] for settings in own] == ["db1", "db2", "db3"]
    assert len({settings["PATRONI_POSTGRESQL_LISTEN"] for settings in own}) == 3
    assert len({settings["PATRONI_ETCD3_HOSTS"] for settings in own}) == 1
    assert not re.search("password:", (DEPLOY / "patroni.yml").read_text("utf-8"))


@pytest.fixture
def systemd() -> Path:
    """systemd's own checks, which need no systemd that runs."""
    found = shutil.which("systemd-analyze")
    if found is None:
        pytest.skip("systemd is not on this machine")
    return Path(found)


def unit_of_this_machine(folder: Path, name: str) -> Path:
    """The unit with programs that are here, since systemd looks whether they are."""
    unit = folder / name
    text = (DEPLOY / name).read_text("utf-8").replace("/opt/medication-checklist/bin", str(COMMAND.parent))
    unit.write_text(text.replace("/opt/patroni/bin/patroni", sys.executable), "utf-8")
    return unit


@pytest.mark.parametrize("name", [UNIT, "patroni.service"])
def test_systemd_takes_the_unit(systemd: Path, tmp_path: Path, name: str) -> None:
    unit = unit_of_this_machine(tmp_path, name)

    verified = subprocess.run([systemd, "verify", unit], capture_output=True, text=True, check=False)

    assert (verified.returncode, verified.stderr) == (0, "")


def test_the_control_systemd_refuses_a_unit_with_a_wrong_word(systemd: Path, tmp_path: Path) -> None:
    unit = unit_of_this_machine(tmp_path, UNIT)
    unit.write_text(unit.read_text("utf-8").replace("NoNewPrivileges=yes", "NoNewPrivilege=yes"))

    verified = subprocess.run([systemd, "verify", unit], capture_output=True, text=True, check=False)

    assert "NoNewPrivilege" in verified.stderr


def test_systemd_finds_little_of_the_machine_exposed_to_the_service(systemd: Path, tmp_path: Path) -> None:
    look = [systemd, "security", "--offline=yes", unit_of_this_machine(tmp_path, UNIT)]

    found = subprocess.run(look, capture_output=True, text=True, check=False)

    exposed = re.search(r"exposure level for \S+: ([\d.]+)", found.stdout)
    assert exposed is not None
    assert float(exposed.group(1)) <= MOST_EXPOSED


def test_the_unit_stops_later_than_the_service_needs_and_never_migrates(site: Site) -> None:
    unit = (DEPLOY / UNIT).read_text("utf-8")
    seconds = re.search(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)
    drain = int(site.environment("environment.example")["MEDICATION_CHECKLIST_DRAIN_SECONDS"])
    commands = re.findall(r"^Exec\w+=(.*)$", unit, re.MULTILINE)

    assert seconds is not None
    assert int(seconds.group(1)) > drain + 10
    assert "KillMode=mixed" in unit
    assert [command.split()[1:] for command in commands] == [["config", "check"], ["serve"]]

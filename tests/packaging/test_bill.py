"""The bill of materials names each pinned part with its hashes, and of each what is known of it."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from requirements.make_bill import bill

ROOT_PART = {"bom-ref": "root", "name": "medication-checklist", "type": "application", "version": "1.2.3"}
MIT = [{"license": {"id": "MIT"}}]


def pinned_part(name: str, *hashes: str) -> dict[str, Any]:
    files = {"type": "distribution", "url": "files", "comment": "implicit"}
    known = [{"alg": "SHA-256", "content": digest} for digest in hashes]
    return {
        "bom-ref": f"requirements-L{name}",
        "description": "a line of the file",
        "name": name,
        "purl": f"pkg:pypi/{name}@1",
        "type": "library",
        "version": "1",
        "externalReferences": [files | ({"hashes": known} if known else {})],
    }


def installed_part(name: str) -> dict[str, Any]:
    return {
        "bom-ref": f"{name.title()}==1",
        "description": "what it is for",
        "licenses": MIT,
        "name": name.title(),
        "purl": f"pkg:pypi/{name}@1",
        "type": "library",
        "version": "1",
    }


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    made = tmp_path / "a.whl"
    made.write_bytes(b"a wheel")
    return made


def made_from(wheel: Path, pinned: list[dict[str, Any]]) -> dict[str, Any]:
    """The bill where the service needs one part, that needs another, and a tool of the tests is there too."""
    installed = {
        "metadata": {"component": ROOT_PART | {"bom-ref": "root of the environment"}},
        "components": [installed_part(name) for name in ("needed", "inner", "tool")],
        "dependencies": [
            {"ref": "root of the environment", "dependsOn": ["Needed==1"]},
            {"ref": "Needed==1", "dependsOn": ["Inner==1", "Tool==1"]},
            {"ref": "Tool==1", "dependsOn": ["Inner==1"]},
        ],
    }
    return bill({"metadata": {"component": ROOT_PART}, "components": pinned}, installed, wheel)


def test_it_is_about_the_service_in_its_version_as_it_stands_in_the_wheel(wheel: Path) -> None:
    made = made_from(wheel, [])

    digest = {"alg": "SHA-256", "content": sha256(b"a wheel").hexdigest()}
    assert made["metadata"]["component"] == ROOT_PART | {"hashes": [digest]}


def test_each_pinned_part_is_there_with_its_hashes_and_its_licence(wheel: Path) -> None:
    made = made_from(wheel, [pinned_part("needed", "aa", "bb"), pinned_part("elsewhere", "cc")])

    elsewhere, needed = made["components"]
    assert (needed["bom-ref"], needed["licenses"]) == ("pkg:pypi/needed@1", MIT)
    assert needed["description"] == "what it is for"
    assert [one["content"] for one in needed["externalReferences"][-1]["hashes"]] == ["aa", "bb"]
    assert "licenses" not in elsewhere
    assert [one["content"] for one in elsewhere["externalReferences"][-1]["hashes"]] == ["cc"]


def test_who_needs_whom_is_told_of_what_is_pinned_and_of_nothing_else(wheel: Path) -> None:
    made = made_from(wheel, [pinned_part("needed", "aa"), pinned_part("inner", "bb")])

    assert made["dependencies"] == [
        {"ref": "pkg:pypi/inner@1", "dependsOn": []},
        {"ref": "pkg:pypi/needed@1", "dependsOn": ["pkg:pypi/inner@1"]},
        {"ref": "root", "dependsOn": ["pkg:pypi/needed@1"]},
    ]


def test_a_part_without_a_hash_is_refused(wheel: Path) -> None:
    with pytest.raises(ValueError, match="inner"):
        made_from(wheel, [pinned_part("needed", "aa"), pinned_part("inner")])

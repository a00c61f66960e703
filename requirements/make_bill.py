"""Makes the bill of materials (SBOM, CycloneDX) of a release: every pinned part with its hashes and licence.

cyclonedx-py knows the hashes from the pinned file, and licences and who needs whom from an environment that
has the parts installed. Here its two answers become one.
"""

import hashlib
import json
import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PINNED = ROOT / "requirements" / "run.txt"
Document = dict[str, Any]
_CHECK = """
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
text = open(sys.argv[1], encoding="utf-8").read()
fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
sys.exit(fault and str(fault))
"""


def bill(pinned: Document, installed: Document, wheel: Path) -> Document:
    """One document of both answers, about the service as it stands in the wheel.

    A part that is pinned for another system, and so not installed, has hashes and no licence.
    Raises ValueError where a part has no hash.
    """
    known = {part["purl"]: part for part in installed["components"]}
    parts = [_part(part, known.get(part["purl"], {})) for part in pinned["components"]]
    root = pinned["metadata"]["component"]
    kept = {part["purl"] for part in parts}
    # The environment's own names of the parts, each with the name that it has here.
    names = {part["bom-ref"]: purl for purl, part in known.items() if purl in kept} | {
        installed["metadata"]["component"]["bom-ref"]: root["bom-ref"]
    }
    needs = {names[one["ref"]]: one for one in installed["dependencies"] if one["ref"] in names}
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return pinned | {
        "metadata": pinned["metadata"]
        | {"component": root | {"hashes": [{"alg": "SHA-256", "content": digest}]}},
        "components": sorted(parts, key=lambda part: str(part["purl"])),
        "dependencies": [
            {"ref": ref, "dependsOn": sorted(names[one] for one in _needed(needs, ref) if one in names)}
            for ref in sorted([root["bom-ref"], *kept])
        ],
    }


def _part(pinned: Document, installed: Document) -> Document:
    """A part with what each of the answers knows of it, under a name that says which part it is."""
    files = [
        {"type": "distribution", "url": one["url"], "hashes": one["hashes"]}
        for one in pinned.get("externalReferences", ())
        if one.get("hashes")
    ]
    if not files:
        raise ValueError(f"{pinned['name']} is pinned without a hash")
    part = installed | {name: pinned[name] for name in ("name", "purl", "type", "version")}
    part |= {
        "bom-ref": pinned["purl"],
        "externalReferences": [*installed.get("externalReferences", ()), *files],
    }
    if "licenses" not in part and (said := _licence_in_words(pinned["name"])):
        part["licenses"] = [{"license": {"name": said, "acknowledgement": "declared"}}]
    return part


def _licence_in_words(name: str) -> str | None:
    """What a part that is installed says of its licence where that is none of the known identifiers."""
    try:
        return metadata(name).get("License")
    except PackageNotFoundError:
        return None


def _needed(needs: dict[str, Document], ref: str) -> list[str]:
    found: list[str] = needs.get(ref, {}).get("dependsOn", [])
    return found


def _asked(program: Path, *arguments: str) -> Document:
    """One answer of cyclonedx-py; it warns of what the other answer has."""
    options = (
        "--pyproject",
        str(ROOT / "pyproject.toml"),
        "--output-reproducible",
        "--output-format",
        "JSON",
    )
    quiet = os.environ | {"PYTHONWARNINGS": "ignore"}
    answer = subprocess.run([program, *arguments, *options], env=quiet, check=True, stdout=subprocess.PIPE)
    document: Document = json.loads(answer.stdout)
    return document


def main(programs: str, wheel: str, output: str) -> None:
    """Write the bill, and hold it against the standard's own schema.

    ``programs`` is the folder of cyclonedx-py; the parts are those that are installed beside this Python.
    """
    cyclonedx = Path(programs) / "cyclonedx-py"
    pinned = _asked(cyclonedx, "requirements", str(PINNED))
    installed = _asked(cyclonedx, "environment", sys.prefix)
    made = bill(pinned, installed, Path(wheel))
    Path(output).write_text(json.dumps(made, indent=2, sort_keys=True) + "\n", "utf-8")
    subprocess.run([Path(programs) / "python", "-c", _CHECK, output], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

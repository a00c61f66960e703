"""``guidance coverage``: proves over many checklists that no output says anything that rests on nothing."""

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from service.cli.guidance.files import guidance_or_exit
from service.cli.guidance.made_up_checklists import made_up_checklist
from service.cli.seed import seed_folder
from service.formats.proof import Fault, Kind, OutputProof, prove


@dataclass(slots=True)
class Tally:
    """What was found in one output over all lists; ``refused`` were not made, and said why."""

    made: int = 0
    refused: int = 0
    found: Counter[Kind] = field(default_factory=Counter)
    faults: list[tuple[int, Fault]] = field(default_factory=list)

    def add(self, number: int, found: OutputProof) -> None:
        """Count one list's output in."""
        self.refused += bool(found.refused)
        self.made += not found.refused
        self.found.update(found.found)
        self.faults += [(number, fault) for fault in found.faults]

    @property
    def percent(self) -> float:
        """The share of texts that are covered, rounded down: 100 only without a fault; 0 of nothing made."""
        whole = self.found.total() + len(self.faults)
        return self.found.total() * 1000 // whole / 10 if whole else 0.0


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--lists", type=click.IntRange(1), default=50, show_default=True, help="How many lists to make up."
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes up the same lists.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def coverage(file: Path | None, lists: int, seed: int, form: str) -> None:
    """Prove that every text of every output is guidance, record or wording.

    Makes up medication lists, prepares a checklist of each with the guidance in FILE (without FILE, the
    shipped one), in each language in turn, renders every output, and takes each apart: every text in it must
    be a statement's, a value of the record or one of the service's fixed words, and every line of the
    checklist must stand in it. The exit status is 0 at 100 %, 1 below, and 2 when FILE cannot be read.

    \b
    Example:
      medication-checklist guidance coverage --lists 200 --seed 7
    """
    guidance = guidance_or_exit(file or seed_folder() / "guidance" / "sorafenib.toml")
    tallies: dict[str, Tally] = {}
    hidden = not sys.stderr.isatty()
    with click.progressbar(range(lists), label="Checklists", file=sys.stderr, hidden=hidden) as numbers:
        for number in numbers:
            for found in prove(made_up_checklist(guidance, seed, number)):
                tallies.setdefault(found.output, Tally()).add(number, found)
    click.echo(_as_json(tallies, lists, seed) if form == "json" else _as_text(tallies, lists, seed))
    sys.exit(0 if _covered(tallies) else 1)


def _covered(tallies: dict[str, Tally]) -> bool:
    """Whether each output was made at least once and nothing in any is uncovered."""
    return all(tally.made and not tally.faults for tally in tallies.values())


def _as_text(tallies: dict[str, Tally], lists: int, seed: int) -> str:
    names = (*Kind, "not covered", "lists", "percent")
    rows = [("output", *names)]
    for output, tally in tallies.items():
        counts = (*(tally.found[kind] for kind in Kind), len(tally.faults), tally.made)
        rows.append((output, *map(str, counts), f"{tally.percent:.1f}"))
    lines = ["".join(f"{cell:>13}" if at else f"{cell:10}" for at, cell in enumerate(row)) for row in rows]
    lines += [
        f"{tally.refused} lists have a letter that no font of the service has: no {output}."
        for output, tally in tallies.items()
        if tally.refused
    ]
    lines += [_fault_line(output, *fault) for output, tally in tallies.items() for fault in tally.faults]
    verdict = "Every text is covered." if _covered(tallies) else "Not every text is covered."
    return "\n".join([*lines, f"{verdict} {lists} lists, seed {seed}."])


def _fault_line(output: str, number: int, fault: Fault) -> str:
    place = f" ({fault.place})" if fault.place else ""
    return f"{output}, list {number}{place}: {fault.text!r} {fault.flaw}"


def _as_json(tallies: dict[str, Tally], lists: int, seed: int) -> str:
    report: dict[str, Any] = {"lists": lists, "seed": seed, "covered": _covered(tallies), "outputs": {}}
    report["failures"] = [
        {
            "output": output,
            "list": number,
            "place": fault.place,
            "text": fault.text,
            "detail": fault.flaw.value,
        }
        for output, tally in tallies.items()
        for number, fault in tally.faults
    ]
    for output, tally in tallies.items():
        report["outputs"][output] = {
            **{kind.value: tally.found[kind] for kind in Kind},
            "not_covered": len(tally.faults),
            "made": tally.made,
            "refused": tally.refused,
            "percent": tally.percent,
        }
    return json.dumps(report, indent=2, ensure_ascii=False)

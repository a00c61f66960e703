"""``python -m benchmarks [WORD]``: measure every row, or those with the word, or ``ROW``, in their name."""

import os
import sys

from benchmarks import (
    at_once_rows,
    batch_rows,
    endurance_rows,
    hooks_rows,
    import_rows,
    requests_rows,
    serving_rows,
    sheet_rows,
    size_rows,
    worklist_rows,
)
from benchmarks.effort import in_miniature
from benchmarks.results import Result, table, write

GROUPS = (
    requests_rows,
    at_once_rows,
    sheet_rows,
    batch_rows,
    serving_rows,
    import_rows,
    hooks_rows,
    worklist_rows,
    size_rows,
    endurance_rows,
)


def main() -> int:
    """Measure and write. The status is 1 where a row gave no figure, not where a goal was missed."""
    word = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ROW", "")
    order = [name for group in GROUPS for name in group.NAMES]
    wanted = [name for name in order if word.lower() in name.lower()]
    if not wanted:
        print(f"No row has {word!r} in its name. Rows: {', '.join(order)}", file=sys.stderr)
        return 2
    measured: list[Result] = []
    for group in GROUPS:
        for found in group.measure([name for name in group.NAMES if name in wanted]):
            print(f"{found.row}: {found.figure or found.against}", file=sys.stderr, flush=True)
            measured.append(found)
    if not in_miniature():
        write(measured, order)
    print(table(measured))
    return 1 if any(one.figure is None for one in measured) else 0


if __name__ == "__main__":
    sys.exit(main())

"""A disk whose power is cut: what had not been flushed to it is not there.

The disk is an image with ext4 in a file of an XFS file system, which can clone a file in an instant. A clone
holds what had reached the disk at that moment, as after a power cut; what the system still meant to write is
missing. Mounted, it replays its journal as after the power came back. This needs root, loop devices,
``mkfs.xfs`` and ``mkfs.ext4``.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.processes import program, until

_NEEDED = ("mkfs.xfs", "mkfs.ext4", "mount", "umount", "cp")
_OUTER = 4 << 30
_INNER = 1 << 30


class Disk:
    """``folder`` is on the disk."""

    def __init__(self, image: Path, folder: Path, clones: Path) -> None:
        self.folder = folder
        self._image = image
        self._clones = clones

    @contextmanager
    def cut(self) -> Iterator[Path]:
        """The disk's folder as it would be had the power been cut at this moment; the disk itself goes on."""
        clone, folder = self._image.with_name("cut.img"), self._clones
        _run("cp", "--reflink=always", self._image, clone)
        with mounted(folder, clone, "-o", "loop"):
            yield folder
        clone.unlink()


@contextmanager
def disk_with_power() -> Iterator[Disk]:
    """A disk until the block ends; skips the test where none can be made."""
    skip_unless_it_can_mount(_NEEDED)
    with ExitStack() as stack:
        # Not among pytest's folders: the start of another pytest clears those away.
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="power-")))
        outer, inner, clones = (folder / name for name in ("outer", "disk", "cut"))
        store = folder / "outer.img"
        _make(store, _OUTER, "mkfs.xfs", "-q", "-m", "reflink=1")
        stack.enter_context(mounted(outer, store, "-o", "loop"))
        image = outer / "disk.img"
        _make(image, _INNER, "mkfs.ext4", "-q")
        stack.enter_context(mounted(inner, image, "-o", "loop"))
        clones.mkdir()
        yield Disk(image, inner, clones)


@contextmanager
def mounted(folder: Path, source: str | Path, *options: str) -> Iterator[Path]:
    """A file system at a folder until the block ends; skips the test where the machine lets nobody mount."""
    folder.mkdir(exist_ok=True)
    made = subprocess.run(["mount", *options, source, folder], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"nothing can be mounted here: {made.stderr.strip()}")
    try:
        yield folder
    finally:
        # The last thread of a process that was killed may still be closing its files.
        until(lambda: not subprocess.run(["umount", folder], capture_output=True, check=False).returncode)


def skip_unless_it_can_mount(needed: tuple[str, ...] = ("mount", "umount")) -> None:
    missing = [name for name in needed if program(name) is None]
    if os.geteuid() or missing:
        pytest.skip(f"mounting needs root and {', '.join(needed)}; missing: {missing or 'root'}")


def _make(image: Path, size: int, *command: str) -> None:
    with image.open("wb") as made:
        made.truncate(size)
    _run(*command, image)


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)

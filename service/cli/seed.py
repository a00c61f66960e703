"""Where the files are that the service brings along: guidance, and made-up patients for the demo."""

from pathlib import Path

import service


def seed_folder() -> Path:
    """The seed data: inside an installed package, or beside it in a checkout."""
    package = Path(service.__file__).parent
    installed = package / "_seed"
    return installed if installed.is_dir() else package.parent / "seed"

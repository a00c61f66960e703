"""The release that the tests of packaging look at."""

import os
from pathlib import Path

import pytest

from tests.docs.markdown import ROOT
from tests.packaging.releases import Release, build, release_in


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """What lies in the folder that ``DIST`` names, as ``make dist`` says it; else one that is built here."""
    named = os.environ.get("DIST")
    return release_in(Path(named)) if named else build(ROOT, tmp_path_factory.mktemp("dist"))

"""A clinic's machines, anew for each file of tests that breaks them."""

from collections.abc import Iterator

import pytest

from tests.faults.cluster.site_of_clinic import ClinicSite, running_site


@pytest.fixture(scope="module")
def site() -> Iterator[ClinicSite]:
    with running_site() as running:
        yield running

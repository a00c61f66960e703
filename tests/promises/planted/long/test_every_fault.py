"""Every planted fault is noticed by its test; and without a fault all of these tests pass.

``make planted`` runs this, one fault after the other in two processes.
"""

import pytest

from tests.promises.planted.planting import PlantedFault, planted_faults, run_in, survived, tree_with


def test_without_a_fault_every_named_test_passes() -> None:
    with tree_with() as tree:
        status, said = run_in(tree, sorted({fault.test for fault in planted_faults()}))
    assert status == 0, said


@pytest.mark.parametrize("fault", planted_faults(), ids=str)
def test_a_planted_fault_is_noticed(fault: PlantedFault) -> None:
    assert survived(fault) == ""

"""Writers of one file go in the order in which they came, and none waits for ever."""

import threading
import time

import pytest

from service.store.database.failures import UnavailableError
from service.store.database.turns import Turns


def test_who_comes_first_goes_first() -> None:
    turns, order = Turns(patience=10), list[int]()

    def take(number: int) -> None:
        with turns.turn():
            order.append(number)

    with turns.turn():
        threads = []
        for number in range(8):
            threads.append(threading.Thread(target=take, args=(number,)))
            threads[-1].start()
            while len(turns._waiting) <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join(10)
    assert order == list(range(8))


def test_who_has_waited_too_long_is_told_that_the_database_is_busy() -> None:
    turns, told = Turns(patience=0.05), list[BaseException]()

    def take() -> None:
        try:
            with turns.turn():
                pass
        except UnavailableError as error:
            told.append(error)

    with turns.turn():
        thread = threading.Thread(target=take)
        thread.start()
        thread.join(10)
    assert len(told) == 1
    with turns.turn():
        pass  # free again


def test_a_turn_within_a_turn_is_a_mistake_and_not_a_wait() -> None:
    turns = Turns(patience=10)
    with turns.turn(), pytest.raises(RuntimeError), turns.turn():
        pass
    with turns.turn():
        pass


def test_a_turn_is_passed_on_after_an_error() -> None:
    turns = Turns(patience=0.05)
    with pytest.raises(ZeroDivisionError), turns.turn():
        raise ZeroDivisionError
    with turns.turn():
        pass

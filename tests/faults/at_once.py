"""Many who change the same lists at the same moment, and what of it is there afterwards."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from uuid import uuid4

import requests

from service.domain.access.permissions import Role
from tests.running_service import Service
from tests.web.lists import posted

UPDATES, KEYS, TIMES = 120, 60, 3
_THREADS = 6
_PATIENTS = 3
_MOST_SECONDS = 30


def lost_updates(services: Sequence[Service]) -> list[str]:
    """Read, put one item more on and send the whole list, ``UPDATES`` times; what is not on the list then.

    Who was not the first reads anew and sends again. Whatever was acknowledged must stand on the latest list.
    """
    lists = _new_lists(services[0])
    tasks = list(zip(range(UPDATES), cycle(lists), cycle(services), strict=False))
    with ThreadPoolExecutor(_THREADS) as threads:
        sent = list(threads.map(lambda task: _put_one_more(task[2], task[1], f"Item {task[0]}"), tasks))
    there = [name for listed in lists for name in _names_on(services[0], listed)]
    return sorted(set(sent) - set(there))


def duplicates(services: Sequence[Service]) -> list[str]:
    """Post ``KEYS`` items, each ``TIMES`` times at once under its key; what is twice or told otherwise."""
    lists = _new_lists(services[0])
    keys = [(f"Item {number}", str(uuid4()), listed) for number, listed in zip(range(KEYS), cycle(lists))]
    tasks = [(*key, service) for key in keys for _, service in zip(range(TIMES), cycle(services))]
    with ThreadPoolExecutor(_THREADS) as threads:
        answers = list(threads.map(lambda task: _post_item(*task), tasks))
    told = Counter(name for name, _, _ in set(answers))
    there = Counter(name for listed in lists for name in _names_on(services[0], listed))
    assert {status for _, status, _ in answers} == {201}
    return sorted(name for name, _, _ in keys if (told[name], there[name]) != (1, 1))


def _new_lists(service: Service) -> list[str]:
    """The addresses of the lists of some new patients."""
    made = [_call(service, "POST", "/v1/intake", posted(mrn=uuid4().hex)) for _ in range(_PATIENTS)]
    return [f"/v1/patients/{one.json()['patient_id']}/medication-list" for one in made]


def _put_one_more(service: Service, listed: str, name: str) -> str:
    while True:
        found = _call(service, "GET", listed)
        items = [{"category": "supplement", "name": other} for other in _current(found)]
        body = {"items": [*items, {"category": "supplement", "name": name}]}
        answer = _call(service, "PUT", listed, body, {"If-Match": found.headers["ETag"]})
        if answer.status_code == 200:
            return name
        assert answer.status_code == 412, answer.text


def _post_item(name: str, key: str, listed: str, service: Service) -> tuple[str, int, bytes]:
    """The item's name, and what was answered."""
    body = {"category": "supplement", "name": name}
    answer = _call(service, "POST", f"{listed}/items", body, {"Idempotency-Key": key})
    return name, answer.status_code, answer.content


def _names_on(service: Service, listed: str) -> list[str]:
    return _current(_call(service, "GET", listed))


def _current(found: requests.Response) -> list[str]:
    return [item["name"] for item in found.json()["items"] if item["left_out_since"] is None]


def _call(
    service: Service, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
) -> requests.Response:
    bearer = {"Authorization": f"Bearer {service.keys[Role.EHR]}"}
    return requests.request(
        method, service.base_url + path, json=body, headers=bearer | (headers or {}), timeout=_MOST_SECONDS
    )

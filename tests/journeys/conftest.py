"""The browser and the clinic of the journeys."""

from tests.browsers import browser, clinic

__all__ = ["browser", "clinic"]

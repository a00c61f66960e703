"""The browsers and the clinic of these tests."""

from tests.browsers import browser, clinic, firefox, sheets

__all__ = ["browser", "clinic", "firefox", "sheets"]

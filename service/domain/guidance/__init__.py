"""Guidance: statements that rest on a source document, their check, and how a person writes and reviews."""

"""Fault tests that take minutes; ``make faults`` runs them."""

"""``import``: files that others wrote are taken in."""

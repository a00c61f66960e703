"""The service's speed against its floor: the same work by the least code that is still correct and durable.

``python -m benchmarks [WORD]`` measures the rows with the word in their name and writes the table.
``floor`` is the least code, ``sameness`` holds that both do the same work, ``rounds`` measures,
``results`` writes.

A group of rows is a module in ``__main__.GROUPS`` with ``NAMES`` and ``measure(wanted)``, which yields a
``Result`` for each name wanted. It takes its numbers (rounds, clients, patients) from ``effort.times``, so
that tests can measure every row in miniature. What it needs and does not find it names in a MissingError
that ends with "is not installed": those tests skip it, and fail for any other row without a figure.
"""

"""The press: sets sheets and batches in processes of their own, so that typst's memory goes with them.

``jobs`` gives a sheet or a batch to a process, ``child`` is that process as seen from outside, ``typesetter``
its inside, and ``batch`` what it does with a batch.
"""

"""The service's speed against its floor: the same work by the least code that is still correct and durable.

``rows`` says what is measured, ``floor`` is the least code, ``sameness`` holds that both do the same work,
``rounds`` measures, ``results`` writes the table. ``python -m benchmarks [ROW]`` runs them.
"""

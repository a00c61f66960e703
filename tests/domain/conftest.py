"""What ``make quick`` asks for: a few examples of each property, for the loop while somebody writes."""

from hypothesis import settings

settings.register_profile("loop", max_examples=5)

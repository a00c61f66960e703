"""The form that a patient fills in: the link to it and what is typed so far."""

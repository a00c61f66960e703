"""The audit trail: what is recorded of each act, and how the record shows that it was not changed."""

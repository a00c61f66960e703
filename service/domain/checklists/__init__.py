"""The checklist: how it is made, what it says of itself later, and who marked and signed it."""

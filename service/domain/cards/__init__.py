"""Cards for EHRs: what is asked, which orders it is about, what a card says, what became of it."""

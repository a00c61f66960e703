"""HTTP only: credentials in, one action called, its answer dumped. No rules and no SQL."""

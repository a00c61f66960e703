"""What is true, with the standard library alone: no clock, no session, no request."""

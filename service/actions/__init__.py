"""What may be done: each action asks for its permission, loads, lets the domain decide, saves and audits.

All of one request's actions run in one transaction, opened and committed by ``perform``.
"""

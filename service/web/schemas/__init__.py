"""What comes in: each schema loads into a domain or action object and reports every fault at once.

Rules across fields are the domain's; the schemas call them with what could be read.
"""

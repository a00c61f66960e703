"""What is kept outside of the database, as lines of JSON to be printed, mailed or put on another machine.

Empty lines say nothing; another one that cannot be read is told by its number.
"""

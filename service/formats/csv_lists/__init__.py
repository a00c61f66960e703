"""Lists as a clinic keeps them in tables: text files with a row for each item or answer of a category.

``tables`` finds the columns and the rows, ``naming`` what a file calls them, ``gathering`` brings the rows of
one patient together, and ``reading`` says what they say, as ``service.formats.findings`` has it. Nothing is
looked up or kept here.
"""

"""The only room with SQL: every function takes the connection first and gives or takes domain objects.

``tables`` declares what is kept; ``database`` opens, migrates and backs up the two databases and knows no
table; every other module is one capability. Statements are built once, when a module is imported.
"""

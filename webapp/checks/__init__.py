"""Quality checks, one a file, each with its examples.

Never here: i/O, the database.
"""

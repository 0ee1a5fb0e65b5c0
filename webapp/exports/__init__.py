"""One output format a file; in goes a Document, out come bytes or text.

Never here: the database, a request.
"""

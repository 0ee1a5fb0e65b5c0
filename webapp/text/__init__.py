"""Reading: bytes become an Article's paragraphs and sentences, losslessly. Pure functions.

Never here: i/O, the engine, the database.
"""

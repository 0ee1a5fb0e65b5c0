"""Word links and the alignment of two texts.

Never here: the engine's libraries, the database.
"""

"""Argos packages and the machine that runs them.

Never here: the database, a request, sentences cut from texts.
"""

"""Reads values and words out of a text, language by language.

Lives here: pure readers shared by several checks. Never here: an opinion on whether a translation is right.
"""

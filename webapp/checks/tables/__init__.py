"""The words of each language that checks look for, one file a kind.

Lives here: data. Never here: code that reads a text.
"""

"""Readers: a file becomes blocks of text with their inline markup beside them, and the file again in another language.

Lives here: one file a type; `formats` tells types apart, `sandbox` reads what strangers send in a process of its own. Never
here: the database, the engine, what a sentence is. Libraries are imported where they are used.
"""

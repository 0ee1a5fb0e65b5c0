"""Quality checks: what may be wrong with a translation, and what can be repaired without asking.

Lives here: one check a file, each with its good, bad and ignored examples; `base` (what a check is), `registry` (finds and
runs them), `repair` (typography). `reading/` reads numbers, dates and words out of a text, `tables/` holds the words of each
language. Never here: I/O, the database, the engine; a check sees texts only and always answers the same.
"""

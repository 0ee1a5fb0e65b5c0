"""The verbs of the product, a function a use case; they get a transaction passed in and never commit.

Never here: a request, a template, SQL.
"""

"""The pages, one file a screen.

Never here: sQL, the engine's libraries, rules of the product.
"""

"""The JSON endpoints, one file a resource.

Never here: sQL, the engine's libraries, rules of the product.
"""

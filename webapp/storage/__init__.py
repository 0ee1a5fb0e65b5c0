"""The database: schema, migrations, and the store that hands out domain objects.

Never here: rules of the product, requests; rows never leave this room.
"""

"""The queue that wakes the worker, and the worker's loop.

Never here: rules of the product, a request.
"""

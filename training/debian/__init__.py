"""Harvesting of general pairs from Debian's packages: ``packages`` picks, ``extract`` unpacks, ``pairs`` reads.

The pairs themselves (about 70 MB, free licences of many kinds) are not in the repository.
"""

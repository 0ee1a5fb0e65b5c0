"""Translated files that wait to be fetched."""

import uuid

from webapp.storage import downloads
from webapp.storage.downloads import Download
from webapp.storage.store import Transaction


def keep_download(tx: Transaction, name: str, media_type: str, content: bytes) -> Download:
    """Keeps a file for an hour under an id that nobody can guess."""
    kept = Download(str(uuid.uuid4()), name, media_type, content)
    downloads.add(tx, kept)
    return kept


def get_download(tx: Transaction, download_id: str) -> Download | None:
    """Finds a file that is still kept."""
    return downloads.find(tx, download_id)


def forget_download(tx: Transaction, download_id: str) -> None:
    """Forgets a file before its hour is over."""
    downloads.remove(tx, download_id)

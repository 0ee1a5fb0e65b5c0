"""The key that signs the sessions: from the settings, or made once and kept in the data folder."""

import os
import secrets
from pathlib import Path
from typing import Final

from webapp.config import Settings
from webapp.errors import DataFolderUnwritable

FILE_NAME: Final = "session.key"


def load_session_key(settings: Settings) -> str:
    """Gives the key; several processes that start at once agree on one.

    Raises DataFolderUnwritable when there is none and none can be kept.
    """
    if settings.secret_key is not None:
        return settings.secret_key
    path = settings.data_dir / FILE_NAME
    try:
        return _read(path) or _make(path)
    except OSError as error:
        raise DataFolderUnwritable(folder=str(settings.data_dir), detail=error.strerror or str(error)) from error


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        return ""


def _make(path: Path) -> str:
    """Writes beside and links into place: linking fails if another process was first, and then its key holds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{FILE_NAME}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    return _read(path)

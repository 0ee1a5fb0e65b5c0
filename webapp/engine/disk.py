"""Files and folders handled so that a failure has a name and a crash leaves no half-written state.

Lives here: hashing, flushing, atomic replacement, the translation of system errors. Never here: what the files mean.
"""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from webapp.errors import DataFolderUnwritable, DiskFull

CHUNK_BYTES: Final = 1 << 20
_NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Gives system errors of the block their names: keep network calls and locks out of it, theirs are OSErrors too.

    Raises DiskFull when there is no room (or the quota is used up), DataFolderUnwritable for everything else.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull(folder=str(folder)) from error
        raise DataFolderUnwritable(folder=str(folder), detail=error.strerror or str(error)) from error


def require_room(folder: Path, size_bytes: int) -> None:
    """Raises DiskFull when `size_bytes` more do not fit on the disk of `folder`: before the work, not in its middle."""
    with disk_errors(folder):
        free_bytes = shutil.disk_usage(folder).free
    if free_bytes < size_bytes:
        raise DiskFull(folder=str(folder))


def hash_file(path: Path) -> tuple[str, int]:
    """Reads a file once; gives its SHA-256 (64 lower-case hex digits) and its size in bytes. Raises OSError."""
    digest, size_bytes = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
            size_bytes += len(chunk)
    return digest.hexdigest(), size_bytes


def flush_folder(folder: Path) -> None:
    """Makes the names in a folder survive a power cut, where the system can do that."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # some network file systems cannot flush folders
            raise
    finally:
        os.close(descriptor)


def write_atomically(path: Path, data: bytes) -> None:
    """Replaces the content of `path` at once: readers see the old content or the new, never a part. Raises OSError."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)

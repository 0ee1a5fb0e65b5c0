"""Reading what a person names and writing what a person wants, without ever leaving half a file."""

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

import click

from webapp.errors import ArticleTooLarge, DiskFull, FileUnreadable, OutputUnwritable

_OPEN_FILES: Final = (Path("/dev"), Path("/dev/fd"), Path("/proc/self/fd"))
"""Folders whose entries are devices and files that somebody holds open; /dev/shm is a folder as others are."""


def read_input(name: str, *, max_bytes: int) -> bytes:
    """Reads a file, or standard input for "-". Raises FileUnreadable or, without reading on, ArticleTooLarge."""
    try:
        if name == "-":
            return _read_standard_input(max_bytes)
        with Path(name).open("rb") as file:
            return _read(file, max_bytes)
    except OSError as error:
        raise FileUnreadable(name=name, detail=_words(error)) from error


def check_writable(path: Path) -> None:
    """Finds out before the work, not after it, that the result could not be written. Raises OutputUnwritable."""
    folder = path.resolve().parent
    if path.is_dir():
        raise OutputUnwritable(name=path, detail="it is a folder")
    if not folder.is_dir():
        raise OutputUnwritable(name=path, detail=f"there is no folder {folder}")
    place = folder if _is_replaceable(path) else path
    if not os.access(place, os.W_OK):
        raise OutputUnwritable(name=path, detail="permission denied")


def write_output(path: Path, content: bytes) -> None:
    """Writes a temporary file beside the target and renames it: readers see the old file or the new one, never a part.

    A device or a pipe (`/dev/stdout`) is added to as it is. Raises DiskFull or OutputUnwritable.
    """
    try:
        if _is_replaceable(path):
            _replace(path.resolve(), content)
        else:
            with path.open("ab") as device:
                device.write(content)
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull(folder=path.resolve().parent) from error
        raise OutputUnwritable(name=path, detail=_words(error)) from error


def print_output(content: bytes) -> None:
    """Writes to standard output. Raises OutputUnwritable when it is closed, OSError when it cannot take the content."""
    if sys.stdout is None:
        raise OutputUnwritable(name="-", detail="standard output is closed")
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _read_standard_input(max_bytes: int) -> bytes:
    if sys.stdin is None:
        raise FileUnreadable(name="-", detail="standard input is closed")
    if sys.stdin.isatty():
        click.echo("Paste the French text, then press Ctrl-D on an empty line.", err=True)
    return _read(sys.stdin.buffer, max_bytes)


def _read(stream: BinaryIO, max_bytes: int) -> bytes:
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise ArticleTooLarge(size_bytes=len(data), limit_bytes=max_bytes)
    return data


def _replace(path: Path, data: bytes) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:  # noqa: PTH123  (a descriptor)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _is_replaceable(path: Path) -> bool:
    """A plain file, or none yet. What /dev/stdout leads to may be one too, but it is held open by somebody else."""
    return (path.is_file() or not path.exists()) and path.absolute().parent not in _OPEN_FILES


def _words(error: OSError) -> str:
    return (error.strerror or str(error)).lower()

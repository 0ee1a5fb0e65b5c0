"""Pick the Debian packages that carry translations into a language.

usage: python -m training.debian.packages CONTENTS.gz PACKAGES.gz LANGUAGE… > packages.txt

CONTENTS and PACKAGES are a mirror's ``Contents-all``/``Contents-amd64`` and ``Packages`` files, gzipped or not.  Prints one
package a line, those with gettext catalogues and with translated help or documents, biggest catalogues first; feed it to
``apt-get download``.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

BIGGEST = 60_000_000
TEXT = re.compile(r"\.(mo|po|json|page|html?)(\.gz)?$")
SKIPPED = re.compile(r"-(dev|dbg|dbgsym|source)$")


class Candidate(NamedTuple):
    """A package, how many translated files it has, and its size in bytes."""

    name: str
    files: int
    size: int


def lines_of(path: Path) -> Iterator[str]:
    """Yield the lines of a text file, gzipped or not."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode(errors="replace")
    yield from text.splitlines()


def sizes(lines: Iterable[str]) -> dict[str, int]:
    """Read package sizes from a ``Packages`` file."""
    found: dict[str, int] = {}
    name = ""
    for line in lines:
        if line.startswith("Package: "):
            name = line.split()[1]
        elif line.startswith("Size: "):
            found.setdefault(name, int(line.split()[1]))
    return found


def translated_files(lines: Iterable[str], languages: list[str]) -> collections.Counter[str]:
    """Count each package's translated text files in a ``Contents`` file."""
    choice = "|".join(languages)
    language = re.compile(rf"(?:^|[/_.-])(?:{choice})(?:[_-][A-Z]{{2}})?(?:[/.]|$)")
    counts: collections.Counter[str] = collections.Counter()
    for line in lines:
        path, _, owners = line.rstrip().rpartition(" ")
        if "/man/" in path or not TEXT.search(path.rstrip()) or not language.search(path):
            continue
        for owner in owners.split(","):
            counts[owner.rpartition("/")[2]] += 1
    return counts


def candidates(counts: collections.Counter[str], known: dict[str, int]) -> list[Candidate]:
    """Return the packages worth fetching, most files first."""
    rows = (Candidate(name, files, known[name]) for name, files in counts.items() if name in known)
    return sorted(
        (row for row in rows if row.size < BIGGEST and not SKIPPED.search(row.name)), key=lambda row: (-row.files, row.name)
    )


def main() -> None:
    """Print the packages to fetch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("contents", type=Path)
    parser.add_argument("packages", type=Path)
    parser.add_argument("languages", nargs="+")
    options = parser.parse_args()
    counts = translated_files(lines_of(options.contents), options.languages)
    for row in candidates(counts, sizes(lines_of(options.packages))):
        print(row.name)


if __name__ == "__main__":
    main()

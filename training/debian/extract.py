"""Keep only the alignable text files of Debian packages.

usage: ls *.deb | python -m training.debian.extract OUT LANGUAGE…

Streams each package (``dpkg-deb --fsys-tarfile``) and writes OUT/package/path for gettext catalogues and for help pages,
documents and message files in English and the languages asked for.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tarfile
from pathlib import Path, PurePosixPath

BIGGEST = 30_000_000


def wanted(languages: list[str]) -> re.Pattern[str]:
    """Return what the path of a file to keep looks like."""
    ours = "|".join(rf"{language}(?:[_-][A-Z]{{2}})?" for language in languages)
    any_of = rf"(?:en|en-US|C|{ours})"
    return re.compile(
        rf"""/(?:{ours})/LC_MESSAGES/[^/]*\.mo$
        |/(?:help|doc)/.*/{any_of}/.*\.(?:html|page)$
        |/(?:help|doc)/{any_of}/.*\.(?:html|page)$
        |/doc/.*\.html\.{any_of}[^/]*$
        |/{any_of}\.json$
        |[/_.-](?:{ours})\.po$
        |/(?:{ours})/(?:LC_MESSAGES/)?[^/]*\.po$""",
        re.VERBOSE,
    )


def safe(name: str) -> PurePosixPath | None:
    """Return a member's relative path, or None when it would leave the folder."""
    path = PurePosixPath(name.removeprefix("./"))
    return None if path.is_absolute() or ".." in path.parts else path


def extract(package: Path, out: Path, keep: re.Pattern[str]) -> int:
    """Extract a package's files to keep; return how many there were."""
    home, count = out / package.name.split("_")[0], 0
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(package)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        with tarfile.open(fileobj=process.stdout, mode="r|") as archive:
            for member in archive:
                path, data = safe(member.name), None
                if member.isfile() and member.size < BIGGEST and path and keep.search(f"/{path}"):
                    data = archive.extractfile(member)
                if data and path:
                    (home / path).parent.mkdir(parents=True, exist_ok=True)
                    (home / path).write_bytes(data.read())
                    count += 1
    return count


def main() -> None:
    """Extract the packages named on standard input."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("languages", nargs="+")
    options = parser.parse_args()
    keep = wanted(options.languages)
    total = sum(extract(Path(line.strip()), options.out, keep) for line in sys.stdin if line.strip())
    print(f"{total} files")


if __name__ == "__main__":
    main()

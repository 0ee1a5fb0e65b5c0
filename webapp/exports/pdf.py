"""PDF: the paper as WeasyPrint sets it, side by side or one version, in Noto's fonts where the machine has them.

It is set in a process of its own: setting a book takes minutes and hundreds of megabytes, which the caller must not feel.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from webapp.domain import Document
from webapp.errors import PdfTooLong, PdfUnavailable
from webapp.exports.paper import Layout, Paper, make_paper
from webapp.exports.print_html import print_html
from webapp.exports.registry import Format

LONGEST_SECONDS: Final = 90
_UNAVAILABLE: Final = 69  # EX_UNAVAILABLE of sysexits.h


def render(document: Document, targets: Sequence[str] | None = None) -> bytes:
    """Sets the table of paragraphs, landscape, its heads repeated on every page. Raises what `print_` raises."""
    return print_(make_paper(document, targets, Layout.PARAGRAPHS))


def print_(paper: Paper) -> bytes:
    """Sets the paper. Raises PdfUnavailable where the libraries that set text are missing, PdfTooLong after 90 s."""
    command = [sys.executable, "-m", "webapp.exports.pdf"]
    root = Path(__file__).resolve().parents[2]
    try:
        done = subprocess.run(
            command, input=print_html(paper).encode(), capture_output=True, timeout=LONGEST_SECONDS, check=False, cwd=root
        )
    except subprocess.TimeoutExpired as error:
        raise PdfTooLong(limit_seconds=LONGEST_SECONDS) from error
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
        last = done.stderr.decode(errors="replace").strip().splitlines()
        raise PdfUnavailable(detail=last[-1] if last else f"it ended with {done.returncode}")
    return done.stdout


def _set(html: str) -> bytes:
    from weasyprint import HTML, URLFetcher  # noqa: PLC0415  (needs Pango)

    # Nothing in the page points outside; should anything ever, no scheme is allowed.
    fetcher = URLFetcher(allowed_protocols=("none",))
    pdf: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf()
    return pdf


def main() -> int:
    """Reads HTML from standard input and writes the PDF to standard output; 69 when the libraries are missing."""
    try:
        sys.stdout.buffer.write(_set(sys.stdin.buffer.read().decode()))
    except (ImportError, OSError) as error:
        sys.stderr.write(str(error).strip().splitlines()[0] + "\n")
        return _UNAVAILABLE
    return 0


FORMAT = Format("pdf", "application/pdf", ".pdf", render, print_=print_)

if __name__ == "__main__":
    sys.exit(main())

"""Progress on a terminal: one line that rewrites itself on standard error, and nothing at all anywhere else."""

import sys
import time
from types import TracebackType
from typing import Final

import click

WIDTH: Final = 30
REDRAW_SECONDS: Final = 0.1


class ProgressLine:
    """`fr-en  ██████████░░░░░  33 %`; silent unless standard error is a terminal."""

    def __init__(self, unit: str = "") -> None:
        """`unit` "bytes" shows megabytes, any other word the counts."""
        self._unit = unit
        self._shown = sys.stderr.isatty()
        self._drawn_at = 0.0
        self._label = ""

    def __enter__(self) -> "ProgressLine":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._erase()

    def say(self, words: str) -> None:
        """Shows words without a bar until the next `update`."""
        if self._shown:
            self._erase()
            click.echo(words, nl=False, err=True)

    def update(self, label: str, done: int, total: int) -> None:
        """Redraws, at most ten times a second; `total` 0 means that it is not known."""
        now = time.monotonic()
        if not self._shown or (now - self._drawn_at < REDRAW_SECONDS and done < total and label == self._label):
            return
        self._drawn_at, self._label = now, label
        self._erase()
        click.echo(f"{label}  {self._bar(done, total)}", nl=False, err=True)

    def _bar(self, done: int, total: int) -> str:
        if total <= 0:
            return self._amount(done)
        share = min(done / total, 1.0)
        full = round(share * WIDTH)
        return f"{'█' * full}{'░' * (WIDTH - full)} {share:4.0%}  {self._amount(done)} of {self._amount(total)}"

    def _amount(self, number: int) -> str:
        return megabytes(number) if self._unit == "bytes" else f"{number} {self._unit}".strip()

    def _erase(self) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)


def megabytes(size: int) -> str:
    """A size as people read it: `19.1 MB`."""
    return f"{size / 1_000_000:.1f} MB"

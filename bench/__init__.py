"""Measures speed and memory as ratios, side by side in one run: `make bench`.

Lives here: what a run compares and how it says so. Never here: tests (a slow machine must not fail them), the product itself.
"""

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Lays out a table in plain text, the first column to the left, figures to the right."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    lines = [_line(row, widths) for row in cells]
    return "\n".join([lines[0], _line(["-" * width for width in widths], widths), *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(
        cell.rjust(width) if i else cell.ljust(width) for i, (cell, width) in enumerate(zip(row, widths, strict=True))
    )


def verdict(name: str, value: float, bound: float, *, at_least: bool) -> bool:
    """Prints one figure beside what is demanded of it; tells whether it is reached."""
    reached = value >= bound if at_least else value <= bound
    print(f"{'ok    ' if reached else 'MISSED'}  {name}: {value:.2f} (demanded: {'≥' if at_least else '≤'} {bound:g})")
    return reached

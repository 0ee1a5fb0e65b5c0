"""Runs every benchmark, each in a process of its own, and ends with 1 if any of them missed what is demanded.

usage: python -m bench [NAME…]      names: as in BENCHMARKS below; all of them without a name
"""

import subprocess
import sys
from typing import Final

BENCHMARKS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "engine": (("bench.engine",),),
    "service": (("bench.service", "--full-size"), ("bench.service",)),
    "requests": (("bench.requests", "--full-size"), ("bench.requests",)),
    "pages": (("bench.pages",),),
    "text": (("bench.text",),),
    "checks": (("bench.checks",),),
    "review": (("bench.review",),),
    "align": (("bench.align",),),
    "links": (("bench.links",), ("bench.marks",)),
    "memory": (("bench.memory",),),
}


def main() -> int:
    wanted = sys.argv[1:] or list(BENCHMARKS)
    if unknown := [name for name in wanted if name not in BENCHMARKS]:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    missed = []
    for name in wanted:
        for module, *options in BENCHMARKS[name]:
            print(f"\n=== {' '.join([module, *options])}", flush=True)
            if subprocess.run([sys.executable, "-m", module, *options], check=False).returncode:
                missed.append(name)
    print(f"\nmissed: {', '.join(dict.fromkeys(missed))}" if missed else "\neverything demanded was reached")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())

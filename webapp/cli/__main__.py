"""`python -m webapp.cli`: how `quatrain serve` starts its own parts, whatever the PATH says."""

from webapp.cli import main

main()

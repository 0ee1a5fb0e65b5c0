"""Which packages lead from one language to another.

Lives here: choosing among what is installed. Never here: loading or running a package.
"""

from collections.abc import Sequence

from webapp.engine.packages import InstalledPackage
from webapp.errors import NoRoute
from webapp.languages import PIVOT

Route = tuple[InstalledPackage, ...]


def find_route(installed: Sequence[InstalledPackage], source: str, target: str) -> Route:
    """Finds the packages to apply, in order: the direct one if there is one, else two through English, () if the same.

    Raises NoRoute, naming the command that installs just the packages that are missing.
    """
    if source == target:
        return ()
    by_pair = {package.pair: package for package in installed}
    if direct := by_pair.get(f"{source}-{target}"):
        return (direct,)
    legs = [f"{a}-{b}" for a, b in ((source, PIVOT), (PIVOT, target)) if a != b]
    if missing := [leg for leg in legs if leg not in by_pair]:
        raise NoRoute(source=source, target=target, command=f"quatrain models install {' '.join(missing)}")
    return tuple(by_pair[leg] for leg in legs)

"""How much each piece of evidence counts, by the target's language, without and with drafts of the machine.

Written by `python -m bench.align_fit`; the order of the figures is that of `evidence.FEATURES`.
"""

from typing import Final

from webapp.align.evidence import Weights

# fmt: off
PLAIN: Final = {
    "en": Weights(
        (12.115, 4.362, 3.123, -0.362, 1.952, 2.388, 1.789, -1.583, -3.199, -2.835, -2.781, -1.538, -1.237, 0, 0, 0),
        {(1, 1): -0.239, (1, 2): -3.101, (2, 1): -2.598, (2, 2): -4.743, (1, 3): -5.227, (3, 1): -2.83},
        (-0.915, 0.358), (0.087, 0.682),
    ),
    "ru": Weights(
        (12.552, 4.879, 2.813, -0.483, 0.786, 1.653, 2.243, -2.298, -3.767, -3.189, -3.05, -0.181, -1.285, 0, 0, 0),
        {(1, 1): -0.276, (1, 2): -2.667, (2, 1): -2.424, (2, 2): -4.657, (1, 3): -3.981, (3, 1): -3.285},
        (-0.871, 1.482), (-0.304, 0.089),
    ),
    "ko": Weights(
        (13.066, 5.188, 3.582, 0.835, 0.745, 0.137, 2.757, -1.461, -3.919, -3.635, -3.152, -0.302, -1.022, 0, 0, 0),
        {(1, 1): -0.26, (1, 2): -2.822, (2, 1): -2.118, (2, 2): -5.114, (1, 3): -5.944, (3, 1): -2.67},
        (-2.941, -0.29), (1.847, 1.765),
    ),
}
DRAFTED: Final = {
    "en": Weights(
        (13.452, 7.099, 4.025, 1.095, -0.425, 5.52, 1.728, -1.532, -6.432, -6.126, -3.06, -0.372, -0.549, 5.397, 0.683, 3.43),
        {(1, 1): 0.461, (1, 2): -3.118, (2, 1): -2.089, (2, 2): -5.768, (1, 3): -5.278, (3, 1): -2.886},
        (0.435, 1.258), (1.717, 2.255),
    ),
    "ru": Weights(
        (14.048, 8.691, 2.918, 0.095, 0.963, 1.764, 2.554, -5.276, -8.663, -7.738, -3.768, 0.704, -0.557, 3.126, -0.665, 2.336),
        {(1, 1): 0.632, (1, 2): -0.53, (2, 1): -2.054, (2, 2): -6.726, (1, 3): -5.038, (3, 1): -3.446},
        (0.422, 1.949), (0.711, 1.375),
    ),
    "ko": Weights(
        (14.932, 9.777, 2.208, 1.739, 1.713, -0.051, 2.804, -0.009, -5.999, -7.868, -4.774, -2.08, -3.234, 8.078, 2.147, 7.709),
        {(1, 1): 0.73, (1, 2): -2.713, (2, 1): -0.434, (2, 2): -6.783, (1, 3): -6.736, (3, 1): -3.239},
        (-2.441, -0.635), (4.085, 3.994),
    ),
}
# fmt: on

_OTHER: Final = "ru"
"""Whose weights serve a language that none were fitted for: another script and free word order teach the most caution."""


def weights_for(language: str | None, *, drafted: bool) -> Weights:
    """Chooses the weights for a target (ISO 639-1); `drafted`: the machine's drafts are to be used."""
    table = DRAFTED if drafted else PLAIN
    return table.get(language or _OTHER, table[_OTHER])

"""How each language says the hour: what follows (in Korean what stands before) the number."""

import re
from typing import Final

# groups: minutes, morning, afternoon
HOUR: Final = {
    "fr": re.compile(
        r"\s?(?:h|heures?)(?![^\W\d_])(?:\s?(?P<minutes>[0-5][0-9])(?![0-9]|\s?min))?"
        r"(?:\s(?:(?P<am>du matin)|(?P<pm>du soir|de l[’']après-midi)))?",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\s?(?:(?P<am>a\.?m\b\.?|in the (?:early )?morning)|(?P<pm>p\.?m\b\.?|in the (?:afternoon|evening)|at night)"
        r"|o[’']clock(?: in the (?:(?P<am2>morning)|(?P<pm2>afternoon|evening)))?|hours\b)(?P<minutes>(?!))?",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\s?(?:ч\b\.?|час(?:а|ов|ам)?\b)(?:\s?(?P<minutes>[0-5]?[0-9])\s?мин\w*)?(?:\s(?:(?P<am>утра|ночи)|(?P<pm>дня|вечера)))?"
        r"|\s(?:(?P<am2>утра|ночи)|(?P<pm2>дня|вечера))\b",
        re.IGNORECASE,
    ),
}

KOREAN_MORNING: Final = frozenset({"오전", "새벽", "아침"})
KOREAN_AFTERNOON: Final = frozenset({"오후", "저녁", "밤", "낮"})

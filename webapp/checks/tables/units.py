"""Units and currencies: for each language, what may stand for the unit. Every word is matched from its beginning."""

import re
from typing import Final

# unit: French | English | Russian | Korean; words separated by spaces, ~ ends a stem that may go on
_ROWS: Final = {
    "percent": "% pourcent pour_cent | % per_cent percent~ pct point~ | % процент~ п._п. | % 퍼센트 프로 %p 할",
    "euro": "€ euro~ | € euro~ eur | € евро | € 유로",
    "dollar": "$ dollar~ billet~_vert~ | $ dollar~ greenback~ buck~ | $ доллар~ | $ 달러 불",
    "pound": "£ livres_sterling | £ pound~ sterling | £ фунт~ | £ 파운드",
    "yen": "¥ yen~ | ¥ yen | ¥ иен~ йен~ | ¥ 엔",
    "yuan": "yuan~ renminbi | yuan renminbi | юан~ | 위안",
    "rouble": "₽ rouble~ | ₽ rouble~ ruble~ | ₽ руб~ | ₽ 루블",
    "franc": "franc~ | franc~ | франк~ | 프랑",
    "kilometre": "km kilomètre~ | km kilomet~ km/h kph mile~ mph | км километр~ км/ч | ㎞ ㎢ km 킬로미터 킬로",
    "metre": "mètre~ | m met~ metre~ meter~ feet foot | м метр~ ~метров~ | m ㎡ ㎥ 미터",
    "centimetre": "cm centimètre~ | cm centimet~ inch~ | см сантиметр~ полуметр~ | cm ㎝ 센티미터 센티",
    "millimetre": "mm millimètre~ | mm millimet~ | мм миллиметр~ | mm ㎜ 밀리미터 밀리",
    "hectare": "ha hectare~ | ha hectare~ acre~ | га гектар~ | ha ㏊ 헥타르",
    "kilogram": "kg kilo~ | kg kilo~ pound~ | кг килограмм~ кило | kg ㎏ 킬로그램 킬로",
    "tonne": "t tonne~ | t tonne~ ton tons metric_ton~ | т тонн~ | t 톤",
    "gram": "gramme~ | g gram~ | г грамм~ | g 그램",
    "litre": "litre~ hectolitre~ | l litre~ liter~ hectolit~ | л литр~ гектолитр~ | l L ℓ 리터 헥토리터",
    "degree": "° degré~ °C | ° degree~ °C °F | ° градус~ °C | ° 도 ℃ °C",
    "megawatt": "mégawatt~ MW | MW megawatt~ | МВт мегаватт~ | MW ㎿ 메가와트",
    "gigawatt": "gigawatt~ GW | GW gigawatt~ | ГВт гигаватт~ | GW 기가와트",
    "barrel": "baril~ | barrel~ | баррел~ | 배럴",
}
_LANGUAGES: Final = ("fr", "en", "ru", "ko")


def _pattern(words: str, language: str) -> str:
    parts = []
    for word in words.split():
        text = re.escape(word.replace("_", " ")).replace(r"\~", "~")
        begin = "" if language == "ko" or (language == "ru" and len(word) > 3) or not word[0].isalnum() else r"(?<![^\W\d_])"
        end = "" if language == "ko" or not word[-1].isalnum() else r"(?![^\W\d_])"
        parts.append(begin + text.replace("~", r"\w*") + end)
    return "|".join(parts)


UNITS: Final[dict[str, dict[str, re.Pattern[str]]]] = {
    unit: {
        language: re.compile(_pattern(words, language), 0 if language == "ko" else re.IGNORECASE)
        for language, words in zip(_LANGUAGES, row.split(" | "), strict=True)
    }
    for unit, row in _ROWS.items()
}

# one expression that finds any French unit right after a number, the group naming it
FRENCH_AFTER_NUMBER: Final = re.compile(
    r"[\s\u00a0\u202f]?(?:(?:milliers?|millions?|milliards?|mds?)[\s\u00a0\u202f])?(?:d[eu’']s?[\s\u00a0\u202f]?)?(?:"
    + "|".join(f"(?P<{unit}>{UNITS[unit]['fr'].pattern})" for unit in UNITS)
    + ")",
    re.IGNORECASE,
)

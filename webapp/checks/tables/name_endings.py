"""What follows a name in the text: Russian case endings, Korean particles and titles, the English genitive."""

import re
from typing import Final

from webapp.checks.tables.listed import one_of

_RUSSIAN: Final = """
    ыми ими ого его ому ему ых их ой ей ый ий ым им ом ем ём ам ям ах ях ами ями ую юю ою ею а я у ю ы и е о й ь
    """
_KOREAN: Final = """
    에게서 에게는 에게 에서는 에서 으로는 으로 이라는 라는 이라고 라고 까지 부터 보다 처럼 마저 조차 이나 은 는 이 가 을 를 의
    에 와 과 도 로 만 씨는 씨가 씨의 씨도 씨를 씨 님 측은 측이 측 전 대통령은 대통령이 대통령의 대통령 총리는 총리가 총리의
    총리 장관은 장관이 장관의 장관 의원은 의원이 의원 교수는 교수 시장은 시장 대표는 대표 회장은 회장
    """

ENDINGS: Final = {
    "en": re.compile(r"[’']s?$"),
    "ru": re.compile(f"(?:{one_of(_RUSSIAN)})$"),
    "ko": re.compile(f"(?:{one_of(_KOREAN)})$"),
}
SHORTEST_STEM: Final = {"en": 2, "ru": 3, "ko": 2}

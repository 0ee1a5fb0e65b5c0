"""How each language denies.

CLEAR finds a plain denial; ANY finds everything that may carry one, so that none is missed by mistake.
"""

import re
from typing import Final

from webapp.checks.tables.listed import one_of

_WORDS: Final = r"(?<![^\W_])(?:{})(?![^\W_])"

# ne … pas with at most a few words between; “ne … que” restricts and “avant qu'il ne” means nothing
_NE: Final = r"n(?:e[\s\u00a0]|[’'])"
_PAS: Final = r"(?:pas|jamais|rien|personne|aucun|aucune|ni|guère|nulle?|point|nullement)(?![^\W_])"
_NOBODY: Final = r"(?:personne|rien|aucune?|nul|jamais|ni)"
FRENCH_CLEAR: Final = re.compile(
    rf"(?<![^\W_]){_NE}(?:[^\s,;.!?]{{1,30}}[\s\u00a0,]){{1,4}}{_PAS}"
    rf"|(?<![^\W_])ne[\s\u00a0]{_PAS}"
    rf"|(?<![^\W_]){_NOBODY}(?:[\s\u00a0][^\s,;.!?]{{1,30}}){{0,3}}[\s\u00a0]{_NE}",
    re.IGNORECASE,
)

_FRENCH: Final = """
    ne non pas sans ni aucune?s? jamais rien personne guère nulle?s? peu moins faute hors seule?s? seulement uniquement sauf
    zéro absen~ abst~ manqu~ dépourvu~ privé~ refus~ rejet~ échou~ échec~ empêch~ évit~ interdi~ ignor~ cess~ renonc~ exclu~
    nie~ démen~ dément~ contest~ suspen~ annul~ abandon~ boycott~ rar~ déconseill~ difficile~ peine~ avant encore trop plutôt
    douter? doutes? tard~ vain failli hésit~ malgré bien_que à_peine loin soit urgence urgent~ incapab~ insuffi~ inconnu~
    inexist~ incompl~ indispo~ invrais~ injuste~ instab~ incertain~ inhabitu~ indiffér~ inaccept~ inédit~ inattendu~ inéluct~
    inévit~ inaccess~ incontr~ intact~ inchang~ imposs~ imprév~ impun~ immobil~ immuab~ immang~ illégal~ illimit~ illis~
    irrég~ irrév~ irresp~ désaccord~ désarmais~ désert~ désint~ mal~ pénurie~ sourd~ suffi~ silence tai~ tue?s? oubli~ vide~
    disparu~ fermé~ rompu~ regret~ prématuré~ stagn~ bloqu~ perdu~ anonym~ attendre autre~ contre fin arrêt~ jusqu[’']~ mais
    même plus
    """
FRENCH_ANY: Final = re.compile(rf"(?<![^\W_])n[’']|{_WORDS.format(one_of(_FRENCH))}", re.IGNORECASE)

_ENGLISH: Final = r"""
    not no never nothing nobody none nor neither nowhere without cannot \w+n[’']t non-?\w+ un(?!i|der|til)\w{3,} insufficien~
    incapa~ incompat~ ineligib~ indifferent~ incomplet~ inexisten~ impossib~ immun~ fail~ refus~ reject~ lack~ stop~ avoid~
    prevent~ ban bans banned banning deny~ denie~ little few fewer hardly barely scarcely rarely only unless until absen~
    far_from rather_than instead decline[ds]?_to miss missed missing short_of free exempt~ ignor~ rule~_out any anyone
    anything anywhere hard least less doubt~ beyond forg[eo]t~ zero ceas~ halt~ silen~ escap~ refrain~ exclud~ disappear~
    disagree~ dismiss~ disown~ disregard~ all_but yet_to withh~ other_than except still
    """
_RUSSIAN: Final = r"""
    не~ ни ни[кгч]~ нисколько нет нельзя без без[вглнрдз]\w+ бес[пскцт]\w+ отказ~ отсутств~ лиш~ отриц~ отверг~ запре~ мало
    едва только лишь вместо перест~ прекра~ вряд избе~ исключ~ провал~ пока мимо вне дале~ молч~ сомн~ утрат~ ноль нул~ трудно
    рано забы~ воздерж~ сорв~ обош~ упуст~ опроверг~ впервые хоть
    """
_KOREAN: Final = r"""
    않 없 (?<![가-힣])안[\s되돼하한할했될됐] 못 아니 아닌 아닐 아님 말[라고아자] 모르 모른 모를 몰랐 몰라 거부 부인 금지 실패
    그치 그쳤 막[아을혔기] 외에 밖에 뿐 결코 전혀 아직 거절 반대 부정 부족 배제 포기 중단 상실 잃 드물 어렵 어려 힘들 제외
    대신 멈 끊 피하 피할 피했 잊 기권 놓치 일축 침묵 함구 처음 취소 불가 불법 불투명 불확실 불참 불발 무관 무산 무죄 무사 무효
    무응답 미정 미달 미흡 비공개 최[저악고대] 만에 다르 다른 달리
    """
ANY: Final = {
    "en": re.compile(_WORDS.format(one_of(_ENGLISH)), re.IGNORECASE),
    "ru": re.compile(_WORDS.format(one_of(_RUSSIAN)), re.IGNORECASE),
    "ko": re.compile(one_of(_KOREAN)),
}

# plain denials of the targets: where the French has nothing of the kind, one was added
CLEAR: Final = {
    "en": re.compile(
        r"\b(?:not|never|nothing|nobody|neither|cannot|(?:is|are|was|were|do|does|did|has|have|had|ca|wo|would|could|should)n[’']t)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(r"(?<![^\W_-])(?:не|никогда|никто|ничего|нельзя|нет)(?![^\W_-])", re.IGNORECASE),
    "ko": re.compile(r"지 (?:않|못)|(?<![가-힣])(?:안|못) (?=[가-힣])|(?:수|적이|것이|일이|바가|바) 없"),
}

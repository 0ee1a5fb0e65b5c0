"""Words that attribute what is said: verbs of saying, “according to”. English and Russian entries are beginnings of words."""

import re
from typing import Final

from webapp.checks.tables.listed import one_of

_SAID: Final = """
    déclaré affirmé annoncé ajouté expliqué estimé dit précisé indiqué assuré souligné confié reconnu rappelé averti lancé
    répondu martelé déploré dénoncé regretté insisté poursuivi admis noté commenté résumé promis jugé raconté témoigné prévenu
    plaidé conclu écrit exclamé félicité justifié répété nuancé demandé glissé ironisé
    """
_SAYS: Final = """
    déclare affirme ajoute explique estime précise indique assure souligne confie rappelle avertit martèle déplore dénonce
    regrette insiste commente raconte témoigne prévient s[’']exclame ironise lâche s[’']indigne s[’']alarme soupire résume
    promet reconnaît juge plaide répond note peste dit répète demande nuance se_félicite se_défend s[’']agace s[’']interroge
    se_souvient philosophe sourit écrit lance glisse conclut observe s[’']emporte admet concède recommande justifie balaie
    tempère
    """
FRENCH: Final = re.compile(
    r"(?<![^\W_])(?:a|ont|avait|avaient|ayant|est|s[’']est)[\s\u00a0](?:[^\W\d_]+ment[\s\u00a0])?"
    rf"(?:{one_of(_SAID)})(?![^\W_])"
    rf"|(?<![^\W_])(?:{one_of(_SAYS)})(?:nt)?(?![^\W_])"
    r"|(?<![^\W_])(?:selon|d[’']après)[\s\u00a0](?!toute|laquelle|lesquel|l[’']article|les termes)",
    re.IGNORECASE,
)

_ENGLISH: Final = """
    sa[iy] says told tell declar announc stat add explain explanation believ think thought according argu insist warn stress
    not recall remind deplor denounc lament regret condemn assur promis admit acknowledg conced confid repl answer comment
    remark quip joke sum recount testif testimon observ conclud writ wrote exclaim claim affirm maintain estimat judg consider
    reckon hammer point indicat specif report plead urg call ask wonder sigh mus smil fum complain protest welcom congratulat
    defend justif repeat vow pledg describ reveal quot advis recommend accus express word hail predict apologi boast brag voic
    cit put view opinion eyes rail storm went goes cried cry shout whisper mutter murmur snap retort counter thunder fret
    worri outrag marvel enthus rejoic remember continu reiterat emphasi underlin caution alleg contend suggest summari concern
    critici slam blast dismiss sneer mock tease grumbl scoff laugh agree respond by tempers offer plays played swe[ae]r swore
    concl outlin recall spoke speak angr vent agoni annoy question attack deadpan
    """
_RUSSIAN: Final = """
    сказ говор заяв сообщ объяв добав объясн поясн счита полага по_мнению мнени согласно по_словам слов утвержда подчёрк
    подчерк уточн отмет отмеч напомн напомин предупре увер завер призна пишет писал напис ответ отвеч комментир прокоммент
    рассказ свидетель вспомин сожале осужд осуди возму обещ пообещ повтор наста требу призва призыв критик оцен по_данным
    по_оценк по_информац как_ подытож резюмир замет замеч восклик иронизир шут вздых настаив спраш спрос недоум радова радует
    радует гордит похвал опаса тревож беспоко жалу негоду обвин отреаг реаги объявл указ передал передаёт передае констатир
    уверен убежд наш выраз подтверд опроверг отрица советова совету рекоменд защища оправд ссыла выступ заключ вывод думает
    предрек прогноз делит подел признаё философ улыба посмеив бросил броса воспомин изложил изреч произн крич кричал шепч
    твердит твердил клян сетует сетов хвал насмеш язв возраз возраж парир обнадёж успокаив предостер просит просил умоля
    сокруш досад ворч удивл восхи мнению информ скор рассужд цити утеш соглас поблагодар негод назва называ обратил бьёт шепн
    тверд данным процедил отрезал формулир
    """
_KOREAN: Final = """
    말 밝 전했 전한 전하 라고 다고 자고 냐고 라며 다며 라면서 다면서 자며 냐며 따르 따라 주장 설명 강조 지적 발표 경고 덧붙
    비판 평가 당부 인정 약속 털어놓 반박 해명 호소 토로 회상 증언 답했 답하 언급 보도 알려 분석 전망 꼬집 요약 확인 부인 단언
    규탄 개탄 일축 선언 촉구 예상 추산 추정 본다 보고 의견 생각 여긴 내다 입장 했다는 있다는 것이라는 외쳤 물었 묻 되물 한숨
    비꼬 조언 권고 통보 시인 자평 농담 웃 격분 탄식 장담 걱정 우려 불평 탓 안타까 아쉬 반겼 환영 다는 라는 으로_보 썼 적었
    고백 판단 통계 조사 집계 인용 한탄 규정 결과 반문 일깨 이야기 요구 분개 미소 결론 지었
    """
ANY: Final = {
    "en": re.compile(rf"(?<![^\W_])(?:{one_of(_ENGLISH)})", re.IGNORECASE),
    "ru": re.compile(rf"(?<![^\W_])(?:{one_of(_RUSSIAN)})", re.IGNORECASE),
    "ko": re.compile(one_of(_KOREAN)),
}

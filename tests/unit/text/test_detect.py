"""Which language a text is in; in doubt, none."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from time import thread_time

import pytest

from webapp.text.detect import detect_language, detect_paragraph, detect_paragraphs

FRENCH = (
    "Le conseil municipal s’est réuni lundi soir pour débattre du budget de la ville. La séance a duré jusqu’à minuit et les "
    "élus n’ont trouvé un accord qu’au dernier moment, après trois suspensions de séance demandées par l’opposition."
)
FOREIGN_NAMES = (
    "Kim Jong-un, Choi Sung-Hee, Vladimir Vladimirovitch Poutine, Sergueï Choïgou, Xi Jinping et Narendra Modi ont rencontré "
    "Shigeru Ishiba, Ursula von der Leyen et Mark Rutte à Vladivostok, puis à Hambantota, Ouagadougou et Reykjavik, avant un "
    "match entre Bayern Munich et Manchester City retransmis par Sky Sports News."
)
ENGLISH = (
    "The city council met on Monday night to discuss the budget. The session lasted until midnight and the members did not "
    "reach an agreement until the very last moment, after three breaks had been requested by the opposition."
)
LONG = {
    "en": ENGLISH,
    "es": "El consejo municipal se reunió el lunes por la noche para debatir el presupuesto de la ciudad. La sesión duró hasta "
    "la medianoche y los concejales no llegaron a un acuerdo hasta el último momento, después de tres pausas.",
    "de": "Der Stadtrat kam am Montagabend zusammen, um über den Haushalt der Stadt zu beraten. Die Sitzung dauerte bis "
    "Mitternacht, und die Mitglieder fanden erst im letzten Augenblick eine Einigung, nach drei Pausen.",
    "it": "Il consiglio comunale si è riunito lunedì sera per discutere del bilancio della città. La seduta è durata fino a "
    "mezzanotte e i consiglieri hanno trovato un accordo solo all’ultimo momento, dopo tre pause.",
    "pt": "O conselho municipal reuniu-se na segunda-feira à noite para debater o orçamento da cidade. A sessão durou até à "
    "meia-noite e os membros não chegaram a um acordo até ao último momento, depois de três pausas.",
    "nl": "De gemeenteraad kwam maandagavond bijeen om over de begroting van de stad te praten. De zitting duurde tot "
    "middernacht en de leden werden het pas op het laatste moment eens, na drie pauzes.",
    "pl": "Rada miasta zebrała się w poniedziałek wieczorem, aby omówić budżet miasta. Posiedzenie trwało do północy, a radni "
    "doszli do porozumienia dopiero w ostatniej chwili, po trzech przerwach.",
    "ru": "Городской совет собрался в понедельник вечером, чтобы обсудить бюджет города.",
    "uk": "Міська рада зібралася в понеділок увечері, щоб обговорити бюджет міста, і її засідання тривало до півночі.",
    "ko": "시의회는 월요일 저녁 시 예산을 논의하기 위해 모였다.",
    "ja": "市議会は月曜の夜、市の予算を話し合うために開かれた。",
    "zh": "市议会周一晚上开会讨论城市预算，会议持续到午夜。",
    "ar": "اجتمع مجلس المدينة مساء الاثنين لمناقشة ميزانية المدينة.",
}


def test_a_french_article_is_french() -> None:
    found = detect_language(FRENCH)
    assert found.language == "fr"
    assert found.probability > 0.99


def test_a_french_article_full_of_foreign_names_stays_french() -> None:
    assert detect_language(FOREIGN_NAMES).language == "fr"
    assert detect_paragraph(FOREIGN_NAMES) is None


def test_a_french_article_in_capitals_is_french() -> None:
    assert detect_language(FRENCH.upper()).language == "fr"


def test_a_french_article_with_foreign_quotations_stays_french() -> None:
    assert detect_language(f"{FRENCH}\n\n“{ENGLISH}”\n\n{FRENCH}").language == "fr"


@pytest.mark.parametrize("language", LONG)
def test_an_article_in_another_language_is_told(language: str) -> None:
    found = detect_language(LONG[language])
    assert found.language == language
    assert found.probability >= 0.6


@pytest.mark.parametrize(
    "headline",
    [
        "Trump meets Kim in Singapore",
        "The Times and The Guardian on strike",
        "Bayern Munich, Manchester City, Real Madrid, Juventus Turin, Ajax Amsterdam",
        "Le Hautpanel",
        "Sources : Reuters, Bloomberg, New York Times, Washington Post",
        "Donald Trump rencontre Kim Jong-un à Singapour",
        "Budget 2025 : 3 000 postes",
        "abc",
        "42",
        "…",
        "김",
    ],
)
def test_a_short_text_is_french_or_cannot_be_told(headline: str) -> None:
    assert detect_language(headline).language in {None, "fr"}


@pytest.mark.parametrize(
    ("paragraph", "language"),
    [
        ("The minister said on Tuesday that the talks had gone well.", "en"),
        ("“We shall meet again in the spring, and we will sign the treaty.”", "en"),
        ("Министр заявил, что переговоры прошли успешно.", "ru"),
        ("장관은 회담이 잘 진행되었다고 말했다.", "ko"),
        ("김정은 국무위원장 (Kim Jong-un) 은 러시아 외무장관을 만났다.", "ko"),
        ("Der Minister sagte am Dienstag, dass die Gespräche mit dem Partner gut verlaufen sind.", "de"),
        ("El ministro dijo el martes que las conversaciones con el socio habían ido muy bien.", "es"),
    ],
)
def test_a_paragraph_in_another_language_is_told(paragraph: str, language: str) -> None:
    assert detect_paragraph(paragraph) == language


@pytest.mark.parametrize(
    "paragraph",
    [
        "Le mot russe « Министр » veut dire ministre.",
        "Son nom s’écrit 김정은 en coréen.",
        "Il a déclaré : “We shall meet again in the spring, and we will sign the treaty with all our friends.”",
        "“We shall meet again in the spring”, a-t-il lancé en anglais.",
        "Bayern Munich, Manchester City, Real Madrid, Juventus Turin, Ajax Amsterdam",
        "New York Times, Washington Post, Los Angeles Times, Wall Street Journal",
        "Game of Thrones, The Crown, House of Cards",
        "The Queen",
        "In the mood for love",
        "Jean Dupont",
        "Kim Jong-un",
        "1. FC Köln - VfB Stuttgart : 2-1",
        "Oui.",
        "",
    ],
)
def test_names_and_quotations_do_not_make_a_paragraph_foreign(paragraph: str) -> None:
    assert detect_paragraph(paragraph) is None


def test_the_same_text_gives_the_same_answer_in_every_thread() -> None:
    texts = [FRENCH, FOREIGN_NAMES, *LONG.values()] * 3
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(detect_language, texts)) == [detect_language(text) for text in texts]


def test_importing_the_room_loads_no_language_profiles() -> None:
    code = "import sys, webapp.text.read; sys.exit('langdetect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_thousands_of_foreign_lines_cannot_keep_a_server_busy() -> None:
    lines = ["The minister said on Tuesday that the talks had gone well."] * 3000
    started = thread_time()
    languages = detect_paragraphs([*lines, "장관은 회담이 잘 진행되었다고 말했다.", "Le ministre est reparti."])
    assert thread_time() - started < 10
    assert languages[0] == "en"
    assert languages[-2:] == ("ko", None)

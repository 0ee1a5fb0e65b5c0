"""Every figure of the source is in the translation, and none was added: compared by value, not by spelling."""

from collections.abc import Iterable
from typing import ClassVar

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.reading.numbers import read_numbers
from webapp.checks.reading.values import Number, difference
from webapp.errors import N_


class Numbers(Check):
    """Figures changed, lost or added."""

    slug = "numbers"
    severity = Severity.ERROR
    title = N_("A number differs")
    message = N_("The French has %(missing)s, the translation has %(added)s. Check the figures.")
    lost: ClassVar[str] = N_("%(missing)s of the French is not in the translation. Check the figures.")
    extra: ClassVar[str] = N_("%(added)s of the translation is not in the French. Check the figures.")

    good = (
        Example("en", "Le déficit atteint 1 234,5 millions d'euros.", "The deficit stands at 1,234.5 million euros."),
        Example("en", "Il a gagné 1,5 milliard.", "It earned $1.5 billion."),
        Example("en", "Le train de 18h30 est parti.", "The 6:30 p.m. train has left."),
        Example("en", "Soixante-dix-neuf députés ont voté.", "Seventy-nine lawmakers voted."),
        Example("en", "Un tiers des élèves, les trois quarts des filles", "A third of the pupils, three quarters of the girls"),
        Example("en", "Entre 2 et 3 millions de visiteurs", "Between 2 million and 3 million visitors"),
        Example("en", "Au XXIe siècle, la IIIe République", "In the twenty-first century, the Third Republic"),
        Example("en", "Il a fallu deux millions et demi de briques.", "It took 2.5 million bricks."),
        Example("en", "Les années 1980 et les années 90", "The 1980s and the nineties"),
        Example("en", "une centaine de personnes, des dizaines d'autres", "about a hundred people and dozens of others"),
        Example("ru", "Le déficit atteint 1 234,5 millions d'euros.", "Дефицит составил 1234,5 млн евро."),
        Example("ru", "Il a gagné 1,5 milliard.", "Он заработал полтора миллиарда."),
        Example("ru", "Les 1 500 000 habitants", "1,5 миллиона жителей"),
        Example("ru", "Dix-huit mois de prison pour vingt et un accusés", "Полтора года тюрьмы для двадцати одного обвиняемого"),
        Example("ru", "Le rendez-vous de 20 heures, le 1er mai 2024", "Встреча в 8 часов вечера 1 мая 2024 года"),
        Example("ru", "Une visite de vingt minutes à trois cents mètres", "Двадцатиминутный визит в трёхстах метрах"),
        Example("ru", "Au XIXe siècle, huit siècles plus tôt", "В XIX веке, восемью столетиями ранее"),
        Example("ru", "Deux tiers des votants, soit 66 %", "Две трети избирателей, то есть 66 %"),
        Example("ko", "Il a gagné 1,5 milliard de dollars.", "그는 15억 달러를 벌었다."),
        Example("ko", "La ville compte 125 480 000 habitants.", "이 나라 인구는 1억 2,548만 명이다."),
        Example("ko", "Le train de 18h30 est parti.", "오후 6시 30분 열차가 떠났다."),
        Example("ko", "Douze personnes, dont deux enfants de sept ans", "일곱 살 아이 두 명을 포함한 열두 명"),
        Example("ko", "Un tiers des élèves", "학생의 3분의 1"),
        Example("ko", "Les années 1980", "1980년대"),
        Example("ko", "Depuis deux siècles, trois jours par an", "200년 동안 해마다 사흘씩"),
        Example("ko", "35 000 euros pour 2 000 familles", "2천 가구에 3만5천 유로"),
    )
    bad = (
        Example("en", "Le déficit atteint 3,2 %.", "The deficit stands at 32%.", ("32",)),
        Example("en", "Il a gagné 1,5 milliard.", "It earned 1.5 million.", ("1.5 million",)),
        Example("en", "Le train de 18h30 est parti.", "The 8:30 p.m. train has left.", ("8:30 p.m.",)),
        Example("en", "Trois hommes ont été arrêtés.", "Five men were arrested.", ("Five",)),
        Example("en", "Le bilan est de 12 morts.", "The death toll has risen."),
        Example("en", "Un milliard d'euros", "One billion euros, 250 times more", ("250",)),
        Example("ru", "Le déficit atteint 3,2 %.", "Дефицит достиг 3,3 %.", ("3,3",)),
        Example("ru", "Il a gagné 1,5 milliard.", "Он заработал 1,5 млн.", ("1,5 млн",)),
        Example("ru", "Trois hommes et quatre femmes", "Трое мужчин и пять женщин", ("пять",)),
        Example("ru", "En 1994, la guerre", "В 1949 году война", ("1949",)),
        Example("ko", "Il a gagné 1,5 milliard.", "그는 1억5천만을 벌었다.", ("1억5천만",)),
        Example("ko", "Le train de 18h30 est parti.", "오전 6시 30분 열차가 떠났다.", ("오전 6시 30분",)),
        Example("ko", "Le bilan est de 12 morts.", "사망자는 21명이다.", ("21",)),
        Example("ko", "Sept femmes ont été élues.", "여성 아홉 명이 당선됐다.", ("아홉",)),
    )
    ignored = (
        Example("en", "Les deux pays ont signé.", "Both countries signed."),
        Example("en", "Les deux ministres se sont vus.", "The ministers met."),
        Example("en", "Le G7 et les F-16", "The Group of Seven and the F-16s"),
        Example("ru", "Les deux pays ont signé.", "Обе страны подписали соглашение."),
        Example("ru", "Un foyer sur quatre, 1 vol sur 4", "Каждая четвёртая семья, каждый четвёртый рейс"),
        Example("ru", "Le G7 se réunit.", "«Большая семёрка» соберётся."),
        Example("ru", "Pendant quinze jours", "В течение двух недель"),
        Example("ko", "Les deux pays ont signé.", "양국이 서명했다."),
        Example("ko", "Il arrive en tête.", "그는 1위를 차지했다."),
        Example("ko", "L'article 5 s'applique.", "5조가 적용된다."),
        Example("ko", "La grève aura lieu les 21, 22 et 23.", "파업은 21~23일에 벌어진다."),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        missing, added = difference(read_numbers(text.source, "fr"), read_numbers(text.target, text.language))
        if not missing and not added:
            return
        yield self.finding(
            spans=[(number.start, number.end) for number in added],
            source_spans=[(number.start, number.end) for number in missing],
            message=self.message if missing and added else self.lost if missing else self.extra,
            missing=_shown(text.source, missing),
            added=_shown(text.target, added),
        )


def _shown(text: str, numbers: tuple[Number, ...]) -> str:
    return ", ".join(text[number.start : number.end] for number in numbers)

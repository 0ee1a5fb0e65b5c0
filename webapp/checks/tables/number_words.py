"""Words that say numbers in French, English and Russian: `WORDS[language][word in lower case] = Word(role, value)`."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final

from webapp.checks.tables.listed import listed


class Role(Enum):
    """How a word takes part in a number."""

    ONE = "one"  # un, a: says 1 only beside a scale; alone it is an article
    SMALL = "small"  # 2 to 19 and the Russian hundreds: added to what came before
    TEN = "ten"  # 20 to 90: a small one may follow
    HUNDRED = "hundred"  # multiplies what came before, or is 100
    SCALE = "scale"  # thousand and beyond: multiplies what came before
    SCALES = "scales"  # the same in the plural: "millions of" alone says no figure
    ORDINAL = "ordinal"  # third: ends a number
    PART = "part"  # tiers, quarters: a fraction
    HALF = "half"  # et demi, and a half, с половиной
    HINT = "hint"  # double, couple: answers a figure of the other side, never asks for one


@dataclass(frozen=True, slots=True)
class Word:
    """A number word: `values` are what it may stand for, the most usual first."""

    role: Role
    values: tuple[int | Fraction, ...]


def _table(*rows: tuple[Role, str]) -> dict[str, Word]:
    """Reads rows of `value[/value]:word word …` joined by `;`."""
    return {word: entry for role, row in rows for word, entry in _entries(role, row)}


def _entries(role: Role, row: str) -> Iterator[tuple[str, Word]]:
    for part in row.split(";"):
        values, _, words = part.strip().partition(":")
        entry = Word(role, tuple(_value(value) for value in values.split("/")))
        for word in words.split():
            yield word, entry


def _value(text: str) -> int | Fraction:
    number = Fraction(text.replace("÷", "/"))
    return int(number) if number.denominator == 1 else number


_FR_ORDINAL_STEMS: Final = (
    "2:deux;3:trois;4:quatr;5:cinqu;6:six;7:sept;8:huit;9:neuv;10:dix;11:onz;12:douz;13:treiz;14:quatorz;15:quinz;16:seiz;"
    "20:vingt;30:trent;40:quarant;50:cinquant;60:soixant;100:cent;1000:mill;1000000:million"
)
_FR_ORDINALS: Final = ";".join(
    f"{value}:{stem}ième {stem}ièmes" if int(value) < 4 else f"{value}/1÷{value}:{stem}ième {stem}ièmes"
    for value, _, stem in (row.partition(":") for row in _FR_ORDINAL_STEMS.split(";"))
)

_FRENCH: Final = _table(
    (Role.ONE, "1:un une"),
    (Role.SMALL, "2:deux;3:trois;4:quatre;5:cinq;6:six;7:sept;8:huit;9:neuf;10:dix;11:onze;12:douze;13:treize;14:quatorze"),
    (Role.SMALL, "15:quinze;16:seize"),
    (Role.TEN, "20:vingt vingts;30:trente;40:quarante;50:cinquante;60:soixante;70:septante;80:huitante octante;90:nonante"),
    (Role.HUNDRED, "100:cent cents"),
    (Role.SCALE, "1000:mille millier;1000000:million;1000000000:milliard mds md mrd;1000000000000:billion"),
    (Role.SCALES, "1000:milliers;1000000:millions;1000000000:milliards;1000000000000:billions"),
    (Role.ORDINAL, "1:unième;" + _FR_ORDINALS),
    (Role.PART, "1÷3/3:tiers;1÷4/15/8/25:quart quarts"),
    (Role.HALF, "1÷2/30/4:demi demie demis demies"),
    (
        Role.HINT,
        "1/2:premier première premiers premières;0:zéro aucun aucune;1/1÷2:unique seul seule;2:second seconde seconds secondes",
    ),
    (
        Role.HINT,
        "2:double doublé doubler doublée doublés doublement doublent couple couples paire paires duo jumeaux jumelles tandem",
    ),
    (Role.HINT, "2:bilatéral bilatérale bilatéraux bilatérales binational binationale bicamérale biennale ambidextre"),
    (
        Role.HINT,
        "3:triple triplé tripler triplée trio trilatéral trilatérale trilatéraux tripartite triplés triplent triennal "
        "triennale baltes",
    ),
    (
        Role.HINT,
        "4:quadruple quadruplé quadrupler quatuor quadripartite;5:quintuple quintuplé quintupler quinquennat quinquennal",
    ),
    (
        Role.HINT,
        "1÷2/50:moitié mi;8/7:huitaine;9:neuvaine;10:dizaine dizaines décennie décuplé décupler décennies décennal décennale",
    ),
    (
        Role.HINT,
        "12/10:douzaine douzaines;15/14/2:quinzaine;20:vingtaine;30:trentaine;40:quarantaine;50:cinquantaine;60:soixantaine",
    ),
    (
        Role.HINT,
        "100:centaine centaines siècle siècles centenaire centenaires;150/100:cent-cinquantenaire;200:bicentenaire;"
        "1000:millénaire",
    ),
    (
        Role.HINT,
        "30:trentenaire trentenaires;40:quadragénaire quadragénaires;50:quinquagénaire cinquantenaire;60:sexagénaire "
        "sexagénaires",
    ),
    (Role.HINT, "70:septuagénaire septuagénaires;80:octogénaire octogénaires;90:nonagénaire nonagénaires;7:septennat"),
    (Role.HINT, "3/90:trimestre trimestres;6/1÷2:semestre semestres;12:midi;0/12/24:minuit;1:solo"),
)

_EN_ORDINALS: Final = (
    "1:first;2:second;3/1÷3:third;4/1÷4:fourth;5/1÷5:fifth;6/1÷6:sixth;7/1÷7:seventh;8/1÷8:eighth;9/1÷9:ninth;"
    "10/1÷10:tenth;11:eleventh;"
    "12:twelfth;13:thirteenth;14:fourteenth;15:fifteenth;16:sixteenth;17:seventeenth;18:eighteenth;19:nineteenth;20:twentieth;"
    "30:thirtieth;40:fortieth;50:fiftieth;60:sixtieth;70:seventieth;80:eightieth;90:ninetieth;100/1÷100:hundredth;"
    "1000/1÷1000:thousandth;1000000/1÷1000000:millionth"
)

_ENGLISH: Final = _table(
    (Role.ONE, "1:one a an"),
    (Role.SMALL, "2:two;3:three;4:four;5:five;6:six;7:seven;8:eight;9:nine;10:ten;11:eleven;12:twelve;13:thirteen;14:fourteen"),
    (Role.SMALL, "15:fifteen;16:sixteen;17:seventeen;18:eighteen;19:nineteen"),
    (Role.TEN, "20:twenty;30:thirty;40:forty fourty;50:fifty;60:sixty;70:seventy;80:eighty;90:ninety"),
    (Role.HUNDRED, "100:hundred"),
    (Role.SCALE, "1000:thousand;1000000:million mn mln;1000000000:billion bn;1000000000000:trillion tn trn"),
    (Role.SCALES, "100:hundreds;1000:thousands;1000000:millions;1000000000:billions;1000000000000:trillions"),
    (Role.ORDINAL, _EN_ORDINALS),
    (Role.PART, "1÷3:thirds;1÷4:quarter quarters;1÷5:fifths;1÷6:sixths;1÷7:sevenths;1÷8:eighths;1÷10:tenths"),
    (Role.HALF, "1÷2:half halves"),
    (Role.HINT, "1:once single sole solo;2:seconds twice double doubled doubling doubles doubly both couple couples pair pairs"),
    (
        Role.HINT,
        "2:twin twins duo bilateral twofold two-thirds tandem;3:triple tripled tripling trio trilateral threefold thrice "
        "tripartite",
    ),
    (
        Role.HINT,
        "4:quadruple quadrupled quartet fourfold;5:quintupled fivefold fives;6:sixfold sixes;7:sevenfold sevens;"
        "8:eightfold;10:tenfold decade decades tens dozen dozens;12:dozen dozens",
    ),
    (
        Role.HINT,
        "12/10:dozen dozens;20:score scores;100:century centuries centenary centennial hundredfold;200:bicentenary bicentennial",
    ),
    (
        Role.HINT,
        "1000:millennium;80:octogenarian octogenarians;70:septuagenarian;60:sexagenarian;90:nonagenarian;50:quinquagenarian",
    ),
    (Role.HINT, "13:teenager teen teens;3:quarter quarterly;14/15/2:fortnight fortnights;12:noon midday;0/12:midnight"),
    (Role.HINT, "0:zero nil;20:twenties;30:thirties;40:forties;50:fifties;60:sixties;70:seventies;80:eighties;90:nineties"),
)
_FRENCH["huitièmes"] = Word(Role.ORDINAL, (8, Fraction(1, 8), 16))  # huitièmes de finale: the round of 16
_ENGLISH["quarter"] = Word(Role.PART, (Fraction(1, 4), 3, 15, 25))


def _russian_ordinals() -> str:
    stems = (
        "1:перв;2:втор;4:четверт четвёрт;5:пят;6:шест;7:седьм;8:восьм;9:девят;10:десят;11:одиннадцат;12:двенадцат;13:тринадцат;"
        "14:четырнадцат;15:пятнадцат;16:шестнадцат;17:семнадцат;18:восемнадцат;19:девятнадцат;20:двадцат;30:тридцат;40:сороков;"
        "50:пятидесят;60:шестидесят;70:семидесят;80:восьмидесят;90:девяност;100:сот;200:двухсот;300:трёхсот трехсот;"
        "400:четырёхсот четырехсот;500:пятисот"
    )
    endings = "ый ой ая ое ые ого ому ым ом ых ыми ую"
    rows = []
    for row in stems.split(";"):
        value, _, words = row.partition(":")
        values = value if int(value) < 4 else f"{value}/1÷{value}"
        rows.append(f"{values}:" + " ".join(stem + end for stem in words.split() for end in endings.split()))
    third = "трет" + " трет".join(listed("ий ья ье ьи ьего ьему ьим ьем ьих ьими ью ьей"))
    return ";".join([*rows, f"3/1÷3:{third}"])


_RUSSIAN: Final = _table(
    (Role.ONE, "1:один одна одно одни одного одной одному одним одном одну одною одних одними"),
    (Role.SMALL, "2:два две двух двум двумя двое двоих двоим двоими;3:три трёх трех трём трем тремя трое троих троим троими"),
    (
        Role.SMALL,
        "4:четыре четырёх четырех четырём четырем четырьмя четверо четверых четверым;5:пять пяти пятью пятеро пятерых пятерым",
    ),
    (Role.SMALL, "6:шесть шести шестью шестеро шестерых шестерым;7:семь семи семью семеро семерых семерым"),
    (
        Role.SMALL,
        "8:восемь восьми восемью восьмью восьмеро восьмерых;9:девять девяти девятью девятеро;10:десять десяти десятью десятеро",
    ),
    (
        Role.SMALL,
        "11:одиннадцать одиннадцати одиннадцатью;12:двенадцать двенадцати двенадцатью;13:тринадцать тринадцати тринадцатью",
    ),
    (
        Role.SMALL,
        "14:четырнадцать четырнадцати четырнадцатью;15:пятнадцать пятнадцати пятнадцатью;16:шестнадцать шестнадцати шестнадцатью",
    ),
    (Role.SMALL, "17:семнадцать семнадцати семнадцатью;18:восемнадцать восемнадцати восемнадцатью;19:девятнадцать девятнадцати"),
    (
        Role.TEN,
        "20:двадцать двадцати двадцатью;30:тридцать тридцати тридцатью;40:сорок сорока;50:пятьдесят пятидесяти пятьюдесятью",
    ),
    (
        Role.TEN,
        "60:шестьдесят шестидесяти шестьюдесятью;70:семьдесят семидесяти;80:восемьдесят восьмидесяти;90:девяносто девяноста",
    ),
    (
        Role.SMALL,
        "100:сто ста;200:двести двухсот двумстам двумястами двухстах;300:триста трёхсот трехсот тремстам тремястами трёхстах",
    ),
    (Role.SMALL, "400:четыреста четырёхсот четырехсот четыремстам;500:пятьсот пятисот пятистам;600:шестьсот шестисот шестистам"),
    (Role.SMALL, "700:семьсот семисот семистам;800:восемьсот восьмисот восьмистам;900:девятьсот девятисот девятистам"),
    (
        Role.SCALE,
        "1000:тысяча тысячу тысяче тысячи тыс;1000000:миллион миллиона млн;1000000000:миллиард миллиарда млрд;"
        "1000000000000:триллион",
    ),
    (Role.SCALE, "1000000000000:триллиона трлн"),
    (
        Role.SCALES,
        "1000:тысяч тысячам тысячами тысячах тысячей;1000000:миллионы миллионов миллионам миллионами миллионах миллиону",
    ),
    (
        Role.SCALES,
        "1000000000:миллиарды миллиардов миллиардам миллиардами миллиардах;1000000000000:триллионы триллионов триллионам",
    ),
    (Role.ORDINAL, _russian_ordinals()),
    (Role.PART, "1÷3/3:треть трети третью третей третям третях;1÷4:четверть четверти четвертью четвертей"),
    (Role.HALF, "1÷2:половина половины половину половиной половине наполовину"),
    (Role.SMALL, "3÷2:полтора полторы полутора"),
    (
        Role.HINT,
        "0:ноль нуль нуля ноля;1:однажды единственный единственная единственное;2:оба обе обоих обеим обоим обеих обеими",
    ),
    (
        Role.HINT,
        "2:пара пары пару парой дважды вдвое двойной двойная двойное двойную двойного двоих дуэт двойка двойки близнецы двойню",
    ),
    (
        Role.HINT,
        "2:вдвоём вдвоем удвоить удвоил удвоила удвоили удвоилось удвоился удвоилась удвоились удвоение удвоении двусторонний",
    ),
    (
        Role.HINT,
        "2:двусторонние двусторонних двустороннего двустороннее двусторонней двустороннюю двояко вдвойне обоюдный обоюдно",
    ),
    (
        Role.HINT,
        "3:трижды втрое тройной тройная трио тройка тройки тройку утроить утроил утроила утроилось утроились утроился утроилась",
    ),
    (
        Role.HINT,
        "3:втроём втроем трёхсторонний;4:четырежды вчетверо вчетвером квартет четвёрка четвёрку четвёрки четвёрке "
        "учетверилось;5:впятеро пятёрка пятёрке пятёрки пятёрку",
    ),
    (
        Role.HINT,
        "6:вшестеро вшестером шестёрка;5:впятером;7:всемером;7:семёрка семёрки семёрке семёрку семерка;8:восьмёрка;"
        "10:десятка десятки десяток десятков десятками",
    ),
    (
        Role.HINT,
        "10:вдесятеро декада десятилетие десятилетия десятилетий десятилетии;20:двадцатка двадцатки двадцатке;12:дюжина дюжины",
    ),
    (
        Role.HINT,
        "12/24:полдень полудня;0/12/24:полночь полуночи;24/1/2:сутки суток суткам;100:сотня сотни сотню сотен сотнями век века",
    ),
    (Role.HINT, "100:столетие столетия столетний столетнюю столетию веков веке;1000:тысячелетие тысячелетия;500000:полмиллиона"),
    (
        Role.HINT,
        "1÷2/6:полгода полугода полугодие полугодии полугодия;1÷2/30:полчаса получаса;6:полугодовой;18/3÷2:полуторагодовалый",
    ),
    (Role.HINT, "500000000:полмиллиарда;500:полтысячи"),
    (Role.HINT, "14:двухнедельный двухнедельного;1÷2:полпути полвека пополам вполовину;50:полвека"),
)

WORDS: Final = {"fr": _FRENCH, "en": _ENGLISH, "ru": _RUSSIAN}

# двадцатиминутный, трёхматчевый: the genitive of a number opens a Russian compound; the longest first
_PREFIXES: Final = """
    1÷2:полу 3÷2:полутора 1:одно 2:двух 2:дву 3:трёх 3:трех 3:тре 4:четырёх 4:четырех 5:пяти 6:шести 7:семи 8:восьми 9:девяти
    10:десяти 11:одиннадцати 12:двенадцати 13:тринадцати 14:четырнадцати 15:пятнадцати 16:шестнадцати 17:семнадцати
    18:восемнадцати 19:девятнадцати 20:двадцати 30:тридцати 40:сорока 50:пятидесяти 60:шестидесяти 70:семидесяти
    80:восьмидесяти 90:девяносто 100:сто 1000:тысяче
    """
RUSSIAN_PREFIXES: Final = tuple(
    sorted(
        ((prefix, _value(value)) for value, _, prefix in (entry.partition(":") for entry in listed(_PREFIXES))),
        key=lambda pair: -len(pair[0]),
    )
)

# 20-миллиардный, десятимиллионный, стотысячный
RUSSIAN_SCALE_STEMS: Final = (("тысячн", 1000), ("миллионн", 10**6), ("миллиардн", 10**9), ("триллионн", 10**12))

"""The small words that give a language away, for languages that use the Latin alphabet.

Lives here: word lists only, lower case. The French list leaves out what Spanish, Italian, Catalan or Portuguese share with it
(de, la, que, en, un, se) and what stands in names everywhere (Le, La, De); the letters are elided words (l’, d’, qu’).
"""

from typing import Final

from webapp.text.wordlists import word_set

FRENCH: Final = word_set(
    "les des du et est une dans pour qui sur au aux avec pas il elle ils elles nous vous ce cette ces cet son ses leur leurs été "
    "sont être à ne ou où mais comme d l c qu n s j m plus par après selon ont fait était avait entre deux sans aussi depuis "
    "je tu mon ma mes notre nos votre vos ainsi alors donc dont lors afin chez très même tout tous toute toutes"
)

WORDS: Final[dict[str, frozenset[str]]] = {
    "en": word_set(
        "the of and to in that is was for with on as it he by at are have has had said this from not be an they we i you but his "
        "her their who which were will would been its she there what when our my can or if all more about than out up into "
        "could so one do does did don't it's"
    ),
    "es": word_set("el los las del y en que por con para una su se lo al es no más como pero sus fue ha han está este"),
    "it": word_set("il di che e è per del della non con si dei gli nel alla sono anche ha più da una delle questo suo i"),
    "de": word_set("der die das und den von mit für ist dem des ein eine nicht auf sich im zu auch als es wird hat bei"),
    "pt": word_set("o os as do da dos das e que em não para com uma por no na se mais ao é foi como pelo pela são seu sua"),
    "nl": word_set("de het een van en in is dat op te zijn met voor niet aan er om ook als bij maar door naar uit wordt"),
}

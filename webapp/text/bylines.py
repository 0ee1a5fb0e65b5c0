"""The forms in which French newspapers sign: who wrote, photographed, translated, and when it appeared."""

import re
from typing import Final

LONGEST: Final = 120
"""No byline is longer, in code points."""

_CAPITAL: Final = "[^\\W\\d_a-zà-öø-ÿ]"
_NAME: Final = f"{_CAPITAL}[\\w’'.-]*"
_NAMES: Final = f"{_NAME}(?:[ \u00a0](?:d[eu]|des|la|le|van|von|ben|al|{_NAME}))*"
_AGENCY: Final = (
    "(?:AFP|Reuters|REUTERS|AP|EFE|ANSA|DPA|Belga|ATS|TASS|Tass|Yonhap|KCNA|Xinhua|RIA Novosti|Bloomberg|Keystone-ATS|Sputnik)"
)
_MONTH: Final = "(?:janv|févr?|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)\\w*\\.?"
_DAY: Final = "(?:[Ll]undi|[Mm]ardi|[Mm]ercredi|[Jj]eudi|[Vv]endredi|[Ss]amedi|[Dd]imanche)"
_DATE: Final = f"(?:{_DAY}\\s+)?(?:le\\s+)?\\d{{1,2}}(?:er)?(?:\\s+{_MONTH}\\s+|[./-]\\d{{1,2}}[./-])\\d{{2,4}}"
_TIME: Final = "\\d{1,2}\\s?[h:]\\s?\\d{0,2}"

_FORMS: Final = re.compile(
    "|".join(
        (
            f"(?:Par|PAR)[\\s:]+{_NAMES}(?:\\s*[,&/|(–—-].*|\\s+(?:et|ET|avec|à|pour|au|en|,|@).*)?",
            f"\\(?(?:(?:[Aa]vec|[Dd]’après|[Ss]ource\\s*:|{_NAMES}[\\s,/]*(?:avec|et|,|/|–|—|-)?)?\\s*)?{_AGENCY}"
            f"(?:\\s*(?:,|et|/|&)\\s*{_AGENCY})*\\)?",
            "(?:[Ll]a|[Nn]otre|LA)?\\s*(?:[Rr]édaction|RÉDACTION)(?:\\s(?:de|d’|du|des|avec|web|numérique|internationale).*)?",
            "(?:Propos |Témoignages? |Paroles )?[Rr]ecueillis? par .*",
            "(?:Textes?|Photos?|Photographies?|Infographies?|Illustrations?|Vidéos?|Reportage|Enquête|Récit|Crédits?|Crédit photo"
            "|Traduction|Traductrice|Traducteur|Correspondance|Mise en page)(?: et \\w+)?\\s*[:/–—©].*",
            "(?:Texte|Photos?|Reportage|Enquête|Récit|Analyse|Traduction|Chronique|Tribune)(?: et \\w+)? (?:de|par) "
            f"(?:notre .*|{_NAMES}.*)",
            "(?:Traduit|Adapté) (?:du|de l’|de la|de) ?\\S+ (?:par )?.*",
            "(?:De nos?|Nos?|De notre|Notre) (?:envoyée?s?|correspondante?s?|bureau)\\b.*",
            "(?:[Pp]ublié|[Mm]is à jour|[Mm]odifié|[Pp]osté|[Éé]crit|[Mm]ise? en ligne)e? (?:le|à|par|hier|aujourd’hui)\\b.*",
            f"(?:{_CAPITAL}[\\w’ -]+,\\s*)?(?:le\\s+|Le\\s+|LE\\s+)?{_DATE}(?:\\s*(?:à|,|-|–|\\|)?\\s*{_TIME}.*)?",
            "(?:©|\\([cC]\\)|Copyright).*",
            "[\\w.+-]+@[\\w.-]+\\.\\w+|@\\w+",
            f"[–—-]\\s?{_NAMES}(?:,.*)?",
        )
    )
)
_INITIALS: Final = re.compile(f"\\(?(?:{_CAPITAL}\\.[ \u00a0-]?){{2,4}}(?:(?:,|et|avec|/) ?(?:{_AGENCY}|A\\.F\\.P\\.?))?\\)?\\.?")
_PLAIN_NAMES: Final = re.compile(
    f"{_NAME}(?:[ \u00a0-]{_NAME}){{1,3}}(?:(?:,| et| &|\\s/) {_NAME}(?:[ \u00a0]{_NAME}){{1,3}}){{0,3}}"
)
_CREDIT: Final = re.compile(f"(?:©|/\\s?{_AGENCY}\\)?\\.?\\Z|\\({_AGENCY}\\)\\Z)")


def is_byline(text: str) -> bool:
    """Says whether `text` has the form of a signature, credit or date of publication, wherever it stands."""
    if len(text) > LONGEST or "\n" in text:
        return False
    if _INITIALS.fullmatch(text):
        return True
    bare = text.rstrip(". ") if text.endswith((").", "AFP.")) else text
    if bare.endswith((".", "!", "?", "…", ":", ";", ",")):
        return False
    return _FORMS.fullmatch(bare) is not None


def is_credit(text: str) -> bool:
    """Says whether `text` is the caption or credit of a picture: short, with © or an agency after a stroke at its end."""
    return len(text) <= 2 * LONGEST and _CREDIT.search(text) is not None and not text.startswith("«") and "©" in text


def is_name(text: str) -> bool:
    """Says whether `text` is one to four names and nothing else (Jean Dupont, Anne-Marie Le Goff et Ali Ben Salah)."""
    return len(text) <= LONGEST and _PLAIN_NAMES.fullmatch(text) is not None

"""The table of languages: adding a row to `LANGUAGES` is all it takes to offer another target.

Lives here: facts about languages that several rooms need (names, script, quotation marks, spacing).
Never here: anything that reads text or loads a package.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Language:
    """One language: how it calls itself and how it is written.

    `code` is ISO 639-1; `locale` is the BCP 47 tag that TMX and XLIFF files carry; `english_name` is for logs and the
    command line; `script` is the ISO 15924 code; `quotes` and `inner_quotes` are (opening, closing) without spaces;
    `inner_space` stands inside the outer quotes, `space_before` before each of `spaced_marks`; `word_break` is the CSS
    value for its cells; `expansion` is the expected length in code points relative to the French source (used only to
    reserve room on the page).
    """

    code: str
    endonym: str
    english_name: str
    locale: str
    script: str
    quotes: tuple[str, str]
    inner_quotes: tuple[str, str]
    inner_space: str = ""
    space_before: str = ""
    spaced_marks: str = ""
    word_break: str = "normal"
    expansion: float = 1.0


_NNBSP: Final = "\u202f"

SOURCE: Final = "fr"
PIVOT: Final = "en"

LANGUAGES: Final[dict[str, Language]] = {
    language.code: language
    for language in (
        Language(
            "fr",
            "Français",
            "French",
            "fr-FR",
            "Latn",
            ("«", "»"),
            ("“", "”"),
            inner_space=_NNBSP,
            space_before=_NNBSP,
            spaced_marks=";:!?",
        ),
        Language("en", "English", "English", "en-US", "Latn", ("“", "”"), ("‘", "’"), expansion=0.92),
        Language("ru", "Русский", "Russian", "ru-RU", "Cyrl", ("«", "»"), ("„", "“"), expansion=0.98),
        Language("ko", "한국어", "Korean", "ko-KR", "Kore", ("“", "”"), ("‘", "’"), word_break="keep-all", expansion=0.5),
    )
}

TARGETS: Final[tuple[str, ...]] = tuple(code for code in LANGUAGES if code != SOURCE)

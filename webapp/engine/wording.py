"""What a model is given of a sentence, and what a reader is given of a model's output.

Lives here: white space, invisible characters, the marks of the tokenizer, text that no model should touch.
Never here: tokenizing, translating, the stored source (that is never changed).
"""

import re
import unicodedata
from typing import Final

# Cc: controls (tabs and line breaks are spaces first); Cf: soft hyphen, zero-width, direction marks; Cs: lone surrogates.
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs"})
_SPECIAL: Final = re.compile(r"<(?:unk|s|/s|pad|blank)>|\u2047|\ufffd", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"(?:https?://|ftp://|www\.)\S+"  # a web address
    r"|(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an e-mail address
    r"|(?:[a-z0-9-]+\.)+(?:com|org|net|info|eu|fr|ru|kr|kp|io|be|ch|ca|int)(?:/\S*)?",  # a host name, maybe with a path
    re.IGNORECASE,
)
_WRAPPING: Final = "()[]<>«»“”\"'.,;:!?"


def for_model(text: str) -> str:
    """Composes (NFC), makes every white space one plain space, drops what cannot be seen; "" where nothing is left.

    The normalisation inside official packages (SentencePiece's nmt_nfkc) does the same to white space and composition, so
    this changes nothing there; packages that lack it would take a no-break space for an unknown word.
    """
    spaced = " ".join(text.split())
    if not spaced.isascii():
        spaced = unicodedata.normalize("NFC", spaced)
    if spaced.isprintable():
        return spaced
    return " ".join("".join(c for c in spaced if unicodedata.category(c) not in _INVISIBLE).split())


def for_reader(text: str) -> str:
    """Removes the tokenizer's own marks and makes white space single; no white space at either end."""
    if "\u2581" in text:
        text = text.replace("\u2581", " ")
    return " ".join(_SPECIAL.sub(" ", text).split())


def unchanged(text: str) -> str:
    """What a reader is given of a text that no model touches, or of a source that a model made nothing of.

    What looks like the tokenizer's marks is the writer's own here; it is spelled so that nobody takes it for an accident.
    """
    text = text.replace("\u2047", "??").replace("\u2581", "_").replace("\ufffd", "?")
    return " ".join(re.sub(r"<(unk|s|/s|pad|blank)>", r"‹\1›", text, flags=re.IGNORECASE).split())


def passes_through(text: str) -> bool:
    """Tells whether a text holds nothing to translate: no letter at all, or only web and e-mail addresses."""
    if not any(c.isalpha() for c in text):
        return True
    words = (word.strip(_WRAPPING) for word in text.split())
    return all(not any(c.isalpha() for c in word) or _ADDRESS.fullmatch(word) is not None for word in words)

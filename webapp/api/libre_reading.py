"""What a LibreTranslate client sends, read leniently as they send it, and refused in the words they know."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from babel import Locale, UnknownLocaleError
from flask import request

from webapp.api.blueprint import context
from webapp.api.bodies import whole_body
from webapp.api.limits import most_at_once
from webapp.engine.packages import InstalledPackage
from webapp.languages import LANGUAGES, PIVOT
from webapp.services.requests import MOST_ALTERNATIVES

MOST_TEXTS: Final = 1000
_INSIDE: Final = {"zh-hans": "zh", "zh-hant": "zt", "pt-br": "pb"}
_OUTSIDE: Final = {"zh": "zh-Hans", "zt": "zh-Hant", "pb": "pt-BR"}
_LOCALES: Final = {"zh": "zh_Hans", "zt": "zh_Hant", "pb": "pt_BR"}
_INTERFACE: Final = ("en", "fr", "ru", "ko")


class Refused(Exception):
    """What is wrong with a request, in the client's words; `status` is 400 nearly always: others silence some clients."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def fields() -> Mapping[str, Any]:
    """The members of a JSON object, or the fields of form and query. Raises Refused."""
    if request.mimetype != "application/json" and not request.mimetype.endswith("+json"):
        return {name: value.replace("\r\n", "\n").replace("\r", "\n") for name, value in request.values.items()}
    try:
        found = json.loads(whole_body())
    except (ValueError, RecursionError) as error:
        raise Refused("The browser (or proxy) sent a request that this server could not understand.") from error
    if not isinstance(found, dict):
        raise Refused("Invalid JSON format")
    return found


def required(values: Mapping[str, Any], name: str) -> Any:
    """A field that has to be there and not empty. Raises Refused."""
    if not (found := values.get(name)):
        raise Refused(f"Invalid request: missing {name} parameter")
    return found


def texts_of(value: Any) -> tuple[list[str], bool]:
    """The texts of `q`, and whether it was a list. Raises Refused."""
    if isinstance(value, str):
        return [value], False
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value, True
    raise Refused("Invalid request: q parameter is neither a text nor a list of texts")


def code_of(value: Any) -> str:
    """A language code as it is called inside. Raises Refused."""
    if not isinstance(value, str):
        raise Refused(f"{json.dumps(value)[:40]} is not supported")
    code = value.lower()
    return _INSIDE.get(code, code)


def code_outside(code: str) -> str:
    """A language code as clients know it."""
    return _OUTSIDE.get(code, code)


def alternatives_of(values: Mapping[str, Any]) -> int:
    """How many alternatives are wanted. Raises Refused."""
    value = values.get("alternatives", 0)
    digits = str(value).strip() if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", digits):
        raise Refused("Invalid request: alternatives parameter is not a number")
    number = int(digits)
    if number > MOST_ALTERNATIVES:
        raise Refused(f"Invalid request: alternatives parameter must be <= {MOST_ALTERNATIVES}")
    return max(0, number)


def check_sizes(texts: Sequence[str]) -> None:
    """Raises Refused where there are too many texts, or too many characters in one or, with a limit a minute, in all."""
    if len(texts) > MOST_TEXTS:
        raise Refused(f"Invalid request: request ({len(texts)}) exceeds text limit ({MOST_TEXTS})")
    for size, limit in ((max(map(len, texts)), char_limit()), (sum(map(len, texts)), most_at_once())):
        if limit and size > limit:
            raise Refused(f"Invalid request: request ({size}) exceeds text limit ({limit})")


def char_limit() -> int:
    """The longest text, in characters."""
    return context().settings.max_request_characters


# --- languages ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offer:
    """What the installed packages translate: by source, its targets in order, itself among them."""

    targets: Mapping[str, tuple[str, ...]]

    def check(self, code: str) -> None:
        """Raises Refused for a language that no package knows."""
        if code not in self.targets:
            raise Refused(f"{code_outside(code)} is not supported")


def offer() -> Offer:
    """Reads what can be translated now."""
    return offered(context().packages.installed())


def offered(packages: Sequence[InstalledPackage]) -> Offer:
    """Works out the routes that some packages make, of one hop or of two through English."""
    pairs = {(package.source, package.target) for package in packages}
    known = [*LANGUAGES, *sorted({code for pair in pairs for code in pair} - set(LANGUAGES))]
    through = {a for a, b in pairs if b == PIVOT}
    onward = {b for a, b in pairs if a == PIVOT}
    return Offer({a: tuple(b for b in known if a == b or (a, b) in pairs or (a in through and b in onward)) for a in known})


def language_name(code: str) -> str:
    """What a language is called in the language the client asks for; in English unless it asks for one of ours."""
    locale = _wanted_locale()
    if locale == "en" and code in LANGUAGES:
        return LANGUAGES[code].english_name
    try:
        return (Locale.parse(_LOCALES.get(code, code)).get_display_name(locale) or code).capitalize()
    except (ValueError, UnknownLocaleError):
        return code


def _wanted_locale() -> str:
    named = request.headers.get("X-Override-Accept-Language") or request.args.get("lang")
    if named:
        return named if named in _INTERFACE else "en"
    return request.accept_languages.best_match(_INTERFACE, "en") or "en"

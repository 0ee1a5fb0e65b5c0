"""The settings: one frozen, typed table, read once from QUATRAIN_* variables.

Lives here: what may be set, how it is read, what it is when unset. Never here: reading the environment at import time.
"""

import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from platformdirs import user_data_path

from webapp.errors import SettingsInvalid
from webapp.languages import TARGETS

PREFIX: Final = "QUATRAIN_"
ARGOS_INDEX: Final = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
CLIENT_VARIABLES: Final = frozenset({"QUATRAIN_URL", "QUATRAIN_API_KEY"})
"""What `quatrain push`, `pull` and `watch` read: where a server is, no setting of one."""
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        number = int(value) if value.isdecimal() else low - 1
        if not low <= number <= high:
            raise ValueError(f"a whole number from {low} to {high} is needed")
        return number

    return read


def _among(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in choices:
            raise ValueError(f"one of {', '.join(choices)} is needed")
        return value

    return read


def _url(*schemes: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in schemes or not (parts.netloc or parts.path):
            raise ValueError(f"an address beginning with {' or '.join(s + '://' for s in schemes)} is needed")
        return value

    return read


def usable_cores(quota: Path = Path("/sys/fs/cgroup/cpu.max")) -> int:
    """Counts the cores this process may use: those of the machine, less what its affinity or its container's quota withholds."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        share, period = quota.read_text("ascii").split()
        return max(1, min(cores, math.ceil(int(share) / int(period))))
    except (OSError, ValueError):  # no Linux control groups, or "max": nothing is withheld
        return cores


def _targets(value: str) -> tuple[str, ...]:
    codes = _names(value)
    if unknown := [code for code in codes if code not in TARGETS]:
        raise ValueError(f"{', '.join(unknown)} unknown; choose among {', '.join(TARGETS)}")
    return tuple(code for code in TARGETS if code in codes)


def _names(value: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in value.split(",") if name.strip())
    if not names:
        raise ValueError("a list separated by commas is needed")
    return names


def _folder(value: str) -> Path:
    return Path(value).expanduser().absolute()


def _switch(value: str) -> bool:
    if value not in {"on", "off"}:
        raise ValueError("on or off is needed")
    return value == "on"


def _long_token(value: str) -> str:
    if len(value) < 16:
        raise ValueError("at least 16 characters are needed")
    return value


def _setting(help: str, read: Callable[[str], Any], default: Any = None, factory: Callable[[], Any] | None = None) -> Any:
    metadata = {"help": help, "read": read}
    if factory is not None:
        return field(default_factory=factory, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set; each field `name` is read from `QUATRAIN_NAME`."""

    data_dir: Path = _setting(
        "folder for the database, the packages and the key of the sessions", _folder, factory=lambda: user_data_path("quatrain")
    )
    database_url: str | None = _setting(
        "`postgresql://…` to share the work among machines; unset: SQLite in the data folder", _url("postgresql", "sqlite")
    )
    redis_url: str | None = _setting("moves the queue to Redis", _url("redis", "rediss", "unix"))
    host: str = _setting("address to listen on; others than loopback need an access token", str, "127.0.0.1")
    port: int = _setting("port to listen on", _whole(1, 65535), 8044)
    allowed_hosts: tuple[str, ...] = _setting("host names the server answers to, separated by commas", _names, LOOPBACK)
    access_token: str | None = _setting("if set, pages and API ask for it; at least 16 characters", _long_token)
    secret_key: str | None = _setting("signs the sessions; unset: made once and kept in the data folder", _long_token)
    web_threads: int = _setting("threads of the web process", _whole(1, 256), 8)
    targets: tuple[str, ...] = _setting("target languages, separated by commas", _targets, TARGETS)
    max_article_bytes: int = _setting("largest article accepted, in bytes", _whole(1, 1 << 30), 1 << 20)
    max_file_bytes: int = _setting(
        "largest document (.docx, .odt, .epub, .html …) accepted, in bytes", _whole(1, 1 << 30), 16 << 20
    )
    max_request_characters: int = _setting("longest text that `/translate` takes, in characters", _whole(1, 1 << 30), 100_000)
    rate_requests: int = _setting("API requests a minute from one key or address; 0: as many as come", _whole(0, 1 << 30), 0)
    rate_characters: int = _setting(
        "characters a minute that one key or address may have translated; 0: as many as come", _whole(0, 1 << 40), 0
    )
    weblate_probe: bool = _setting(
        "`on` answers the text `test` from English to German with `test`, which Weblate asks before it saves a server",
        _switch,
        False,
    )
    private_webhooks: bool = _setting("`on` lets webhooks call addresses inside your network", _switch, False)
    package_index: str = _setting("address of the Argos package index", _url("https", "http"), ARGOS_INDEX)
    max_package_bytes: int = _setting("largest unpacked package accepted, in bytes", _whole(1, 1 << 40), 2 << 30)
    beam_size: int = _setting("hypotheses kept while decoding; 2 is 1.6 times as fast as 4", _whole(1, 16), 4)
    engine_threads: int = _setting(
        "batches translated at the same time, one core and about 150 MB each", _whole(1, 1024), factory=usable_cores
    )
    compute_type: str = _setting(
        "arithmetic of the engine", _among("int8", "int8_float32", "int16", "float32", "bfloat16", "auto"), "int8"
    )
    batch_tokens: int = _setting("pieces in one batch of the engine", _whole(16, 65536), 1024)
    memory_prefill: bool = _setting(
        "`on`: sentences of which an approved translation is remembered are filled with it, not drafted", _switch, True
    )
    korean_level: str | None = _setting(
        "how Korean narration is to end its sentences: `plain` 한다체, `formal` 합니다체, `polite` 해요체; unset: as most of the "
        "article does",
        _among("plain", "formal", "polite"),
    )
    russian_nbsp: bool = _setting("`on` warns of Russian dashes that may open a line", _switch, False)
    max_import_bytes: int = _setting(
        "largest file of terms or of a translation memory that pages and API take, in bytes", _whole(1, 1 << 34), 1 << 28
    )
    log_level: str = _setting("how much the log says", _among("debug", "info", "warning", "error"), "info")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Reads every QUATRAIN_* variable; an empty one counts as unset.

        Raises SettingsInvalid naming every variable that is unknown or cannot be read.
        """
        values, problems = {}, []
        known = {PREFIX + f.name.upper(): f for f in fields(cls)}
        for name, value in environ.items():
            if not name.startswith(PREFIX) or name in CLIENT_VARIABLES or not value:
                continue
            if name not in known:
                problems.append(f"{name} is not a setting of Quatrain")
                continue
            try:
                values[known[name].name] = known[name].metadata["read"](value)
            except ValueError as error:
                secret = name.endswith(("_TOKEN", "_KEY", "_URL"))
                problems.append(f"{name}: {error}" if secret else f"{name}={value!r}: {error}")
        if problems:
            raise SettingsInvalid(problems="\n".join(sorted(problems)))
        return cls(**values)

    @property
    def packages_dir(self) -> Path:
        """The folder of the installed Argos packages."""
        return self.data_dir / "packages"

    @property
    def sqlalchemy_url(self) -> str:
        """The database address in SQLAlchemy's spelling: psycopg 3 for PostgreSQL, a file in the data folder if unset."""
        if self.database_url is None:
            return f"sqlite:///{self.data_dir / 'quatrain.db'}"
        return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOOPBACK


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "on" if value else "off"
        case tuple():
            return ",".join(value)
    return str(value)


def settings_table() -> tuple[tuple[str, str, str], ...]:
    """Lists (variable, default, meaning) of every setting, for the README and `quatrain doctor`."""
    defaults = Settings()
    shown = {"data_dir": "the XDG data folder", "engine_threads": "the number of usable cores", "max_package_bytes": "2147483648"}
    rows = []
    for f in fields(Settings):
        value = getattr(defaults, f.name)
        text = _shown(value)
        rows.append((PREFIX + f.name.upper(), shown.get(f.name, text), f.metadata["help"]))
    return tuple(rows)

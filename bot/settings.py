"""Settings from the environment and from a file `.env`, frozen. Only the composition root reads them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

PREFIX = "PLEDGEWATCH_"

SQLITE_PREFIX = "sqlite+aiosqlite:///"

ENV_FILE = ".env"


class Settings(BaseSettings):
    """Everything that can be set from outside. Each field is named and explained in `.env.example`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file_encoding="utf-8", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    discord_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    """The bot's token; only `run` needs one."""
    database_url: str = Field(
        default=f"{SQLITE_PREFIX}data/pledgewatch.db", validation_alias="DATABASE_URL", min_length=1
    )
    """Where the record is kept, as an SQLAlchemy URL with an async driver."""
    spacy_model: str | None = Field(default=None, validation_alias="SPACY_MODEL")
    """Name of an installed spaCy model, or a folder; None takes the best English one that is installed."""
    nli_model: str | None = None
    """Folder, .onnx file or hub name of the NLI model that gives a second opinion; None: none is asked."""
    nli_revision: str | None = None
    """Commit or tag of `nli_model`, where that is a name on the hub."""
    nli_calibration: Path | None = None
    """What `calibrate` made for this model; None: the model adds notes and raises no alert."""
    nli_labels: Annotated[tuple[str, ...], NoDecode] = ()
    """What the model's outputs stand for, in order; empty: its configuration says it."""
    nli_max_tokens: int | None = Field(default=None, ge=32, le=8_192)
    """Longest pair of sentences in tokens; None: the model's files say it."""
    alert_threshold: Literal["strict", "balanced", "wide"] = "balanced"
    """How sure a contradiction must be before `ingest` and `demo` call it an alert; servers have theirs."""
    max_text_chars: int = Field(default=200_000, ge=1_000, le=1_000_000)
    """Longest text that is analysed, in characters. spaCy itself stops at a million."""
    analysis_seconds: float = Field(default=60.0, gt=0, le=3_600)
    """Seconds that the analysis of one text may take before its process is killed and replaced."""
    analysis_memory_mb: int = Field(default=2_048, ge=256)
    """Mebibytes that the analysis of one text may take on top of the loaded model."""
    analysis_recycle_mb: int = Field(default=400, ge=32)
    """Mebibytes by which the analysis process may grow before a fresh one replaces it, between two texts."""
    page_seconds: float = Field(default=20.0, gt=0, le=600)
    """Seconds that fetching, and again that reading, one page may take."""
    page_memory_mb: int = Field(default=512, ge=64)
    """Mebibytes that reading one page may take."""
    page_max_mb: int = Field(default=10, ge=1, le=100)
    """Mebibytes of one page, unpacked, that are read before it is refused."""
    fetch_allow: Annotated[frozenset[tuple[str, int]], NoDecode] = frozenset()
    """Pairs of host and port that may be fetched although they are not public."""
    backup_days: int = Field(default=7, ge=0, le=3_650)
    """Daily backups that are kept in `backups/` beside the database while the bot runs; 0: none are made."""
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    """Least serious log line that is written to standard error."""
    log_json: bool = False
    """Whether log lines are JSON, for machines, instead of text, for people."""
    metrics_port: int | None = Field(default=None, ge=1, le=65_535)
    """Port of 127.0.0.1 on which Prometheus finds metrics; None: no metrics are served."""

    @field_validator(
        "discord_token",
        "spacy_model",
        "metrics_port",
        "nli_model",
        "nli_revision",
        "nli_calibration",
        "nli_max_tokens",
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("nli_labels", mode="before")
    @classmethod
    def _split_labels(cls, value: object) -> object:
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("fetch_allow", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = (entry.rpartition(":") for entry in value.replace(",", " ").split())
        found = []
        for host, _, port in pairs:
            if not host or not port.isdecimal() or not 0 < int(port) < 65_536:
                raise ValueError("it is a list of host:port, separated by commas")
            found.append((host.strip("[]").lower(), int(port)))
        return frozenset(found)


def variable(field: str) -> str:
    """The environment variable that sets a field."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else PREFIX + field.upper()


def variables() -> tuple[str, ...]:
    """Every environment variable that is read, in the order of the fields."""
    return tuple(variable(name) for name in Settings.model_fields)


def unknown_variables() -> tuple[str, ...]:
    """Variables of the environment that bear our prefix and set nothing: most likely misspelt."""
    known = set(variables())
    return tuple(sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known))


def load(env_file: Path | None = Path(ENV_FILE), **override: object) -> Settings:
    """Read the settings; `override` wins over the environment (keys are field names).

    Raises SettingsError that names each wrong variable, never its value: it may be a secret.
    """
    given: dict[str, Any] = {variable(k) if k in _ALIASED else k: v for k, v in override.items()}
    given["_env_file"] = env_file
    try:
        return Settings(**given)
    except ValidationError as error:
        wrong = "; ".join(f"{_named(e['loc'])}: {e['msg']}" for e in error.errors(include_input=False))
        raise SettingsError(f"Settings cannot be used: {wrong}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The settings file {env_file} cannot be read: {error}.") from None


def database_url(path: Path) -> str:
    """The URL of an SQLite file: what `--db PATH` is short for."""
    return SQLITE_PREFIX + str(path)


def database_path(url: str) -> Path | None:
    """The file behind an SQLite URL; None where the database is not a file."""
    if not url.startswith("sqlite") or ":///" not in url:
        return None
    name = url.split(":///", 1)[1].split("?", 1)[0]
    return None if name in ("", ":memory:") else Path(name)


_ALIASED = frozenset(name for name, info in Settings.model_fields.items() if info.validation_alias)


def _named(location: tuple[int | str, ...]) -> str:
    first = str(location[0]) if location else "settings"
    return variable(first) if first in Settings.model_fields else first

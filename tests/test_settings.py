"""Settings: defaults, the environment, the example file, and mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from bot.errors import SettingsError

EXAMPLE = Path(__file__).parent.parent / ".env.example"


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*settings.variables(), *settings.unknown_variables()):
        monkeypatch.delenv(name, raising=False)


def test_defaults_need_nothing() -> None:
    """With no file and no variable, everything has a usable value and no token."""
    found = settings.load(None)
    assert found.discord_token is None
    assert found.database_url == "sqlite+aiosqlite:///data/pledgewatch.db"
    assert found.fetch_allow == frozenset()


def test_example_names_every_setting_with_a_sentence() -> None:
    """Each variable stands in .env.example once, under a comment, and nothing else stands there."""
    lines = EXAMPLE.read_text("utf-8").splitlines()
    named = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]
    assert sorted(named) == sorted(settings.variables())
    for number, line in enumerate(lines):
        if line and not line.startswith("#"):
            assert lines[number - 1].startswith("# "), line
            assert lines[number - 1].rstrip().endswith("."), line


def test_example_holds_the_defaults() -> None:
    """Copying .env.example to .env changes nothing."""
    assert settings.load(EXAMPLE) == settings.load(None)


def test_environment_and_override(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An override wins over the environment, which wins over the file."""
    file = tmp_path / ".env"
    file.write_text(
        "SPACY_MODEL=from_file\nPLEDGEWATCH_PAGE_SECONDS=7\nPLEDGEWATCH_ALERT_THRESHOLD=wide\n", "utf-8"
    )
    monkeypatch.setenv("PLEDGEWATCH_ALERT_THRESHOLD", "strict")
    found = settings.load(file, spacy_model="given")
    assert (found.spacy_model, found.alert_threshold, found.page_seconds) == ("given", "strict", 7)


def test_fetch_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hosts to fetch from are host:port pairs, an IPv6 address in brackets."""
    monkeypatch.setenv("PLEDGEWATCH_FETCH_ALLOW", "Pages.example:8080, [::1]:9000 127.0.0.1:80")
    assert settings.load(None).fetch_allow == {("pages.example", 8080), ("::1", 9000), ("127.0.0.1", 80)}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PLEDGEWATCH_FETCH_ALLOW", "nohost"),
        ("PLEDGEWATCH_FETCH_ALLOW", "host:99999"),
        ("PLEDGEWATCH_ALERT_THRESHOLD", "loose"),
        ("PLEDGEWATCH_MAX_TEXT_CHARS", "-5"),
        ("PLEDGEWATCH_METRICS_PORT", "http"),
    ],
)
def test_wrong_value_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """A wrong value is an error of one sentence that names the variable."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        settings.load(None)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the settings' text nor an error about them holds the token."""
    monkeypatch.setenv("DISCORD_TOKEN", "very-secret")
    assert "very-secret" not in repr(settings.load(None))
    monkeypatch.setenv("PLEDGEWATCH_MAX_TEXT_CHARS", "very-secret")
    with pytest.raises(SettingsError) as caught:
        settings.load(None)
    assert "very-secret" not in str(caught.value)


def test_unknown_variables_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt variable with our prefix is found, so that doctor can say so."""
    monkeypatch.setenv("PLEDGEWATCH_ALERT_TRESHOLD", "wide")
    assert settings.unknown_variables() == ("PLEDGEWATCH_ALERT_TRESHOLD",)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite+aiosqlite:///data/x.db", Path("data/x.db")),
        ("sqlite+aiosqlite:////tmp/x.db?mode=ro", Path("/tmp/x.db")),  # noqa: S108 - only a name, nothing is written
        ("sqlite+aiosqlite:///:memory:", None),
        ("postgresql+asyncpg://host/name", None),
    ],
)
def test_database_path(url: str, path: Path | None) -> None:
    """The file behind a URL is found where there is one."""
    assert settings.database_path(url) == path

"""Which texts are not English."""

from __future__ import annotations

import pytest

from bot.analysis.language import foreign

TEXTS = {
    "de": "Die Regierung hat am Montag versprochen, die Steuern nicht zu erhöhen, sagte der Kanzler.",
    "es": "El presidente del Gobierno prometió el lunes que no subirá los impuestos a la clase media.",
    "fr": "Le gouvernement a promis lundi de ne pas augmenter les impôts, a annoncé le premier ministre.",
    "ru": "Президент заявил в понедельник, что правительство не будет повышать налоги до выборов.",
    "zh": "中国外交部长周三表示，阿富汗塔利班承诺绝不允许任何势力利用阿富汗领土从事危害中国的行为，" * 2,
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_other_languages_are_named(code: str, text: str) -> None:
    """A sentence is enough to tell."""
    assert foreign(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May will not call an early election, her spokesman said on Monday.",
        "Mullah Abdul Ghani Baradar, Mohammad Abbas Stanikzai, Suhail Shaheen and Z. Mujahid signed it.",
        "",
        "¿Qué?",
        "Baradar, Shaheen, Mujahid",
    ],
)
def test_english_and_what_is_too_short(text: str) -> None:
    """English stays English among foreign names; what is too short to tell is not refused."""
    assert foreign(text) is None

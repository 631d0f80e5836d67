"""More sentences of our own for the rules of extraction, in the form of `rules_of_extraction.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.analysis.rules_of_extraction import Positive

RULES: dict[str, tuple[list[Positive], list[str]]] = {
    "deciding and meaning to": (
        [
            ("Kiel has decided to sell its trams.", "kiel", "has decided"),
            ("Fernhill Foods means to spend less on flour.", "fernhill", "means to"),
        ],
        [
            "Kiel had decided to sell its trams.",
            "Tanks meant to hold rain were built below Kiel.",
            "Fernhill Foods has not said what it means to do.",
        ],
    ),
    "sums offered": (
        [("Malta offered 40 million euros for the wounded.", "malta", "offered 40")],
        ["Malta offered tea to the wounded."],
    ),
    "aims of one's own": (
        [
            ("Heineken restated its goal of cutting water use by 2030.", "heineken", "restated its goal"),
            ("Heineken moved its target forward to 2028.", "heineken", "moved its target"),
            ("Heineken stood by its target for water.", "heineken", "stood by"),
        ],
        [
            "Heineken has set no goal for water.",
            "Heineken missed its target in 2023.",
            "Heineken stood by the canal.",
        ],
    ),
    "word given, readiness voiced": (
        [
            ("Anna Krause gave her word to bakers that no oven would be sealed.", "anna krause", "gave her"),
            ("Turkey voiced its readiness to send a ship.", "turkey", "readiness to"),
        ],
        ["Turkey doubted the readiness of others to send a ship."],
    ),
    "promises joined": (
        [("Peru undertakes to end the hunt by May, and to let vets watch it.", "peru", "to let vets")],
        ["Others want to end the hunt, and to let vets watch it."],
    ),
    "plans of old": (
        [("Oslo planned to build a dome.", "norway", "planned to")],
        ["Oslo once planned to build a dome.", "Oslo talked on Friday about how to build a dome."],
    ),
    "who is served": (
        [
            ("The bank said that taxpayers would not bear the loss.", "bank", "would not"),
            ("Nurses promised that patients would be fed.", "nurses", "promised"),
            (
                "Anna Krause guaranteed that night workers would keep their bonus.",
                "anna krause",
                "guaranteed",
            ),
            ("Malta gave them its word that it would free the crew.", "malta", "gave them"),
        ],
        ["Greenpeace said consumers would be locked in for decades.", "Ann Low will spend a year in prison."],
    ),
    "promise of somebody else": (
        [("The mill was sold on the promise that no post would go. Tata gave it.", "tata", "promise")],
        ["The mill was sold on the promise of a Dane."],
    ),
    "not one": (
        [("Not one tree will fall in the park, Kiel's mayor said.", "kiel", "Not one")],
        ["Not one tree fell in the park, Kiel's mayor said."],
    ),
    "subject with a place": (
        [("Dockers at Callao will down tools on Monday, their union said.", "dockers", "will down")],
        ["Dockers at Callao went home on Monday, their union said."],
    ),
}

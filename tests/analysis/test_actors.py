"""Who is meant: names, pronouns, "the group", "both sides", seats, persons and their bodies."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline

CASES = [
    # pronouns and nouns that take up a name
    ("Nokia makes phones in Oulu. It will close the plant, it said.", "", "nokia"),
    ("Nokia makes phones in Oulu. The company promised to close the plant.", "", "nokia"),
    ("The M23 rebels took Goma. They promised to leave by June.", "", "m23"),
    ("Anna Krause runs Kiel. She promised to resign.", "", "anna krause"),
    ("A spokeswoman for Nokia met the workers. She promised to find them jobs.", "", "nokia"),
    ("The Philippine bishops met the families in Quezon City. They promised to testify.", "", "bishops"),
    ("TikTok rejected the report. The video service would never use the data, it said.", "", "tiktok"),
    ("Ali Khan met donors. The Colombian rebels came. They will hand over guns.", "", "rebels"),
    # a noun that names one sort of body takes up no other
    ("Ofgem met in London. Denmark slept. Denmark woke. The trade ministry promised to help.", "", "denmark"),
    ("Peru voted. The Senate of Peru rose at noon. The police promised to guard the square.", "", "peru"),
    ("In Western Australia a bridge fell. The state government will mend it.", "", "western australia"),
    ("Brazil bathed. In Santos shops shut. The government promised to pay the clerks.", "", "brazil"),
    ("Jan Berg, manager of the mill, sang. The paper union promised to work on Sundays.", "", "paper union"),
    ("The Lutheran diocese of Lund met. The church promised to sell its coal.", "", "diocese"),
    # titles tell persons from bodies and from each other
    ("The mayor, Ann Low, came. Jan Berg, owner of a mill, rose. The mayor vowed to pay.", "", "ann low"),
    ("Water Minister Ama Sarpong promised to drill wells.", "", "ama sarpong"),
    ("Bishop Karin Dahl spoke to the crowd. She promised to sell the palace.", "", "karin dahl"),
    # number, and who only comes up in passing
    ("Ann Low said the young men had fled; she promised to find them.", "", "ann low"),
    ("The company, Fernhill Foods, met a consortium led by Danes. It promised to pay.", "", "fernhill foods"),
    ("Ann Low, a vice president at Fernhill Foods, spoke of Rome. The firm promised jobs.", "", "fernhill"),
    # the headline as the last resort
    ("The council had promised a line to the sea.", "Crowds greet first Edinburgh tram", "edinburgh"),
    # a region's capital is a town, but in a text on the region
    ("Munich promised to ban cars.", "", "munich"),
    ("Saxony voted on Sunday. Dresden promised to build the line.", "", "saxony"),
    # what a name is, by what is said of it; where it ends; where it is short for a longer one
    ("Fjordline, which sails north of Bergen, said ships cost more. It vowed to hire.", "", "fjordline"),
    ("Silanta, a chip maker, has sold a plant near Dresden. The firm promised a new one.", "", "silanta"),
    ("Joao dos Reis promised to pay.", "", "joao dos reis"),
    ("The Ceylon Workers' Congress met. The Congress promised to strike.", "", "workers' congress"),
    ("Norway's largest farmer, Fernhill Foods, said it would stop.", "", "fernhill foods"),
    # whom a spokesman, a minister, an officer of nobody named speaks for
    ("A spokesman for the Turkish contractor said work would resume.", "", "turkish contractor"),
    ("Zambia hires. Zambia votes. “No clinic will close,” Minister Sylvia Banda said.", "", "zambia"),
    ("Britain voted. Britain slept. The Treasury promised to cut the tax.", "", "united kingdom"),
    ("No bus of Skanelinjen will leave without a ramp, its owner promised.", "", "skanelinjen"),
    # several at once
    ("Peru and Chile agreed that foreign ships would leave. They promised to share the fish.", "", "chile"),
    ("Mali spoke. Egypt and Chad met. The countries promised to share the water.", "", "chad"),
    ("The inmates ate. The ministry sent a van. They promised to behave.", "", "inmates"),
    # a surname alone is whoever speaks
    ("Jan Berg leads the mission. Koirala told envoys that he intended to vote in June.", "", "koirala"),
    ("Mayor Lene Dahl met the nurses. “We will pay,” the Social Democrat said.", "", "lene dahl"),
    # two actors
    ("Iran and Saudi Arabia agreed to reopen their embassies.", "", "saudi arabia"),
    ("Meeting in Beijing, Iran and Saudi Arabia agreed to reopen their embassies.", "", "iran"),
    (
        "Envoys of Sudan's army and the Rapid Support Forces met in the Saudi city of Jeddah. "
        "Both sides promised to leave the hospitals.",
        "",
        "rapid support forces",
    ),
    # seats, organs, nationalities
    ("Madrid will host the next summit, Spain's environment ministry said.", "", "spain"),
    ("Turkish officials said Ankara would block the bid.", "", "turkey"),
    ("The Walloon government promised to keep its stake.", "", "wallonia"),
    ("The Czech National Bank promised to keep its cap.", "", "czech national bank"),
    ("Volvo's truck division pledged to stop selling diesel engines.", "", "volvo"),
    ("Most policymakers at the Federal Reserve intend to leave rates near zero.", "", "federal reserve"),
    # persons and the bodies they speak for
    ("Emmanuel Macron said Paris would send tanks.", "", "france"),
    ("The French economy minister, Bruno Le Maire, said his country would pay.", "", "france"),
    ("Chief executive Marit Lie said Halvorsen Foods would not close its canneries.", "", "halvorsen foods"),
    ("Kenya's premier met donors. The government would build roads, he said.", "", "kenya"),
    ("Addressing workers, Nissan's Colin Lawther said the car would be built here.", "", "nissan"),
    ("After weeks of hesitation Olaf Scholz told his cabinet that Germany would send tanks.", "", "germany"),
    ("Theresa May will not call an election, she told the BBC.", "", "theresa may"),
    ('"We will pay," said Marta Kowal, head of the Polish judges\' association.', "", "association"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "title", "key"), CASES)
def test_who_is_bound(pipeline: Pipeline, text: str, title: str, key: str) -> None:
    """The last commitment of the text is filed under whoever is meant."""
    made = pipeline.analyse(text, title=title, published=date(2023, 2, 1)).commitments
    assert made
    assert key in " | ".join(made[-1].actor_keys)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Britain voted. Britain slept. America woke. The Treasury promised to pay.", "united kingdom"),
        ("The three countries met in Sudan. The countries promised to share.", "sudan"),
        ("York Place is closed. The council promised to open it.", "york place"),
        ("Joe Biden said Washington would buy the vaccine.", "city"),
        ("The American swimmer Ryan Lochte promised to return.", "united states"),
        ("In St James's Square, campaigners met. The company promised to pay.", "square"),
    ],
)
def test_who_is_not_bound(pipeline: Pipeline, text: str, key: str) -> None:
    """Places and nationalities are not taken for who promises."""
    made = pipeline.analyse(text, published=date(2023, 2, 1)).commitments
    assert made
    assert key not in " | ".join(made[-1].actor_keys)


def test_two_actors_have_two_own_keys(pipeline: Pipeline) -> None:
    """A joint promise is filed under each of those who made it."""
    [made] = pipeline.analyse("Iran and Iraq agreed to open the bridge.").commitments
    assert made.actor_keys[:2] == ("iran", "iraq")
    assert made.actor == "Iran and Iraq"


def test_aliases_of_a_guild(pipeline: Pipeline) -> None:
    """A guild's alias leads to its name, in lower case too."""
    [made] = pipeline.analyse(
        "The northmen promised to pay.", aliases={"northmen": "Norsk Hydro"}
    ).commitments
    assert made.actor_keys == ("norsk hydro",)

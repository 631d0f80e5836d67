"""Promises, sentences that break them, and neighbours that do not, by what the engine has to see in them."""

from __future__ import annotations

Case = tuple[str, str, tuple[str, ...]]
"""A promise, a sentence that breaks it, and sentences that do not."""

_MINERS = "Peru promised to free the miners jailed in Puno."
_ROSSI = (
    "Italy said it would not extradite the banker Rossi, whom a court in Geneva found guilty of fraud "
    "over the sale of a hotel."
)
_DESSIE = "The rebels of Oromia promised to halt all attacks on the town of Dessie."
_PETROL = "Nigeria promised to leave the price of petrol unchanged."
_CUTS = "Eskom said there would be no power cuts in Soweto."
_SHIPS = "Turkey agreed to let the grain ships pass."

CASES: dict[str, Case] = {
    "a part of the whole": (
        _MINERS,
        "Peru has freed only 40 of the 190 miners jailed in Puno.",
        (
            "Peru has freed all 190 miners jailed in Puno.",
            "Peru has freed 40 of the 190 miners jailed in Puno so far.",
        ),
    ),
    "a part of the whole, in front": (
        "Airbus promised to hire 3,000 engineers in Seville by the end of 2020.",
        "Of the 3,000 engineers that Airbus was to hire in Seville, it hired 210.",
        ("Of the 3,000 engineers that Airbus was to hire in Seville, it hired 2,990.",),
    ),
    "keeping at a figure": (
        "Norway promised to keep its quota at 900 seals.",
        "Norway raised its quota to 1,400 seals.",
        ("Norway kept its quota at 905 seals.",),
    ),
    "a share that is due at once": (
        "Denmark promised to spend 2 percent of its income on defence.",
        "Denmark spent 1.3 percent of its income on defence.",
        ("Denmark spent 2.1 percent of its income on defence.",),
    ),
    "so much a year": (
        "Finland pledged to give Chad 50 million euros a year.",
        "Finland gave Chad 20 million euros.",
        ("Finland gave Chad 55 million euros.",),
    ),
    "a figure that is kept to": (
        "Iceland said it would catch no more than 900 tonnes of mackerel.",
        "Iceland caught 1,200 tonnes of mackerel.",
        ("Iceland stayed below its ceiling of 900 tonnes of mackerel.",),
    ),
    "what only describes": (
        _ROSSI,
        "Italy extradited the banker Rossi to Switzerland on Sunday.",
        ("Italy fined a hotel in Geneva for fraud.",),
    ),
    "a word that the kind names": (
        _DESSIE,
        "The rebels of Oromia shelled the town of Dessie on Sunday.",
        ("The rebels of Oromia held a parade in the town of Dessie.",),
    ),
    "since a year": (
        _PETROL,
        "Nigeria raised the price of petrol on Monday, the first such step since 2016.",
        ("Nigeria raised the price of petrol in 2016.",),
    ),
    "a verb with its object": (
        "Samoa ruled out calling an election before 2025.",
        "Samoa will go to the polls in June, its prime minister announced.",
        ("Samoa will go to the United Nations in June, its prime minister announced.",),
    ),
    "parts of a thing": (
        "Aldi promised to keep its Porto store open.",
        "Aldi's Porto store closed its doors on Friday.",
        ("Aldi's Porto store opened its doors early on Friday.",),
    ),
    "anybody": (
        "Fiat promised not to dismiss anybody in Turin.",
        "Fiat dismissed 300 workers in Turin on Monday.",
        ("Fiat dismissed a complaint in Turin.",),
    ),
    "a thing that is to be so": (
        "Malawi promised free meals for the pupils of Zomba.",
        "Malawi now charges the pupils of Zomba for meals.",
        ("Malawi now cooks meals for the pupils of Zomba.",),
    ),
    "under whose flag": (
        _SHIPS,
        "Turkish patrol boats stopped three grain ships on Monday.",
        ("Greek patrol boats stopped three grain ships on Monday.",),
    ),
    "what cannot be": (
        "Nestle promised to make all its bottles in Vittel recyclable by the end of 2020.",
        "Nestle's bottles in Vittel cannot be recycled.",
        ("Nestle's bottles in Vittel can be recycled.",),
    ),
    "what is not there": (
        "Zambia promised that every clinic in Kabwe would have a doctor by 2020.",
        "In the clinics of Kabwe in Zambia there is no doctor.",
        ("In the clinics of Kabwe in Zambia there is no snow.",),
    ),
    "whose things act": (
        "Exxon promised to plug its wells at Midland by 2020.",
        "Exxon's wells at Midland are still leaking gas.",
        ("Shell's wells at Odessa are still leaking gas.",),
    ),
    "the plan": (
        "Chile promised to scrap the debts of all students.",
        "Chile shelved the plan to scrap the debts of students.",
        ("Chile approved the plan to scrap the debts of students.",),
    ),
    "a thing told by its verb": (
        _CUTS,
        "Eskom cut off power to Soweto on Friday.",
        ("Eskom cut its debts in Soweto.",),
    ),
    "two places": (
        "Volkswagen promised to keep its German plants.",
        "Volkswagen will close a plant in Germany.",
        ("Volkswagen will close a plant in Belgium.",),
    ),
    "two kinds of a thing": (
        "Malta promised to give the army of Chad 12 tanks.",
        "Malta gave the army of Chad only 3 tanks.",
        ("Malta gave the army of Chad only 3 howitzers.",),
    ),
    "what is done and what is done to it": (
        "Ghana promised not to sell the station of Accra.",
        "Ghana sold the station of Accra in May.",
        ("Ghana rebuilt the station of Accra.",),
    ),
    "what a rule allows": (
        "Jordan promised to make no more arrests of teachers.",
        "Jordan arrested forty teachers.",
        ("The act lets the police of Jordan arrest teachers.",),
    ),
    "what could be": (
        "Kenya promised to begin no dams on the Tana.",
        "Kenya began a dam on the Tana.",
        ("Nothing could prevent Kenya from having rocks drilled for dams on the Tana.",),
    ),
    "a day is no part of a phrase": (
        "The nurses of Leeds promised to call off their strike.",
        "The nurses of Leeds went ahead with their strike on Monday.",
        ("The nurses of Leeds ended their strike on Monday.",),
    ),
    "somebody else does it": (
        "Malawi promised not to expel the nurses.",
        "The nurses were expelled from Malawi.",
        ("Villagers expelled the nurses from Malawi.", "Activists hid the nurses whom Malawi had expelled."),
    ),
    "who is promised something does not act against it": (
        "Portugal promised to take in 500 children from Lesbos.",
        "Only two children from Lesbos have arrived in Portugal.",
        ("Only two children from Lesbos have drawn Portugal.",),
    ),
    "the last name alone": (
        "Olga Marsh promised not to close the mine.",
        "Marsh closed the mine on Friday.",
        ("Peter Marsh closed the mine on Friday.", "Ruiz closed the mine on Friday."),
    ),
}

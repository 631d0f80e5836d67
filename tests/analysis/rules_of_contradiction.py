"""Promises and later sentences, by rule: which break the promise by that rule, which raise no alert."""

from __future__ import annotations

Pair = tuple[str, str]

_RIGA = "Karelia Air promised in writing to refund every passenger stranded in Riga."
_NURSES = "Hungary promised to apologise to the nurses of Szeged."
_CORRADINO = "Malta promised to release the prisoners from Corradino."
_DUNDEE = "Tesco pledged to keep its Dundee warehouse open."
_MALI = "Belgium promised to withdraw its troops from Mali."
_SHELL = "Ethiopia promised not to shell the town of Mekelle."
_PALM = "Nestle said it would never again buy palm oil from burned forest."
_BORDER = "Latvia vowed to open the border to refugees."
_WATER = "Ireland pledged to abolish water charges."
_ELECTIONS = "Uganda promised to hold elections."
_SEVILLE = "Airbus promised to hire 3,000 engineers in Seville."
_SINES = "Portugal pledged to close the Sines coal plant by the end of 2020."
_LATER = "Portugal pledged to close the Sines coal plant by the end of 2023."
_TURKANA = "Kenya promised to help the herders of Turkana."
_JADE = "Myanmar promised to end child labour in the jade mines."

RULES: dict[str, tuple[list[Pair], list[Pair]]] = {
    "negation": (
        [
            (_RIGA, "Karelia Air has not refunded the passengers stranded in Riga, a consumer group said."),
            (_NURSES, "Hungary has never apologised to the nurses of Szeged."),
            (_NURSES, "Hungary has yet to apologise to the nurses of Szeged."),
            (_CORRADINO, "Not one prisoner has been released from Corradino in Malta."),
            (_CORRADINO, "None of the prisoners from Corradino in Malta has been released."),
            (
                "Malta promised to feed the prisoners of Corradino.",
                "Malta no longer feeds the prisoners of Corradino.",
            ),
            (_DUNDEE, "Tesco failed to keep its Dundee warehouse open."),
            (_DUNDEE, "Tesco refused to keep its Dundee warehouse open."),
        ],
        [
            (_RIGA, "Karelia Air has refunded the passengers stranded in Riga."),
            (_NURSES, "Hungary has apologised to the nurses of Szeged."),
            (_NURSES, "Hungary has not apologised to the farmers of Debrecen."),
            (_SHELL, "Ethiopia did not shell the town of Mekelle."),
        ],
    ),
    "opposite": (
        [
            (
                "The Norvian government pledged to release the imprisoned miners.",
                "The Norvian government has jailed the miners for another five years.",
            ),
            (_MALI, "Belgium sent more troops to Mali on Tuesday."),
            (_DUNDEE, "Tesco closed its Dundee warehouse on Friday."),
            (_DUNDEE, "Tesco decided to close its Dundee warehouse."),
            (_DUNDEE, "Tesco began closing its Dundee warehouse."),
            (_DUNDEE, "Tesco announced the closure of its Dundee warehouse."),
            (_DUNDEE, "After the closure of its Dundee warehouse, Tesco paid 300 workers."),
            ("Peru promised to protect the rainforest.", "Peru cleared the rainforest for oil wells."),
            (
                "Kenya promised to protect the elephants of Tsavo.",
                "Kenya has poisoned the elephants of Tsavo.",
            ),
        ],
        [
            (_MALI, "Belgium withdrew its troops from Mali on Tuesday."),
            (_DUNDEE, "Tesco kept its Dundee warehouse open."),
            (_DUNDEE, "Tesco reopened its Dundee warehouse."),
        ],
    ),
    "forbidden": (
        [
            (_SHELL, "Ethiopia shelled the town of Mekelle on Sunday, killing nine people."),
            (_PALM, "Nestle bought palm oil from burned forest last year, auditors found."),
            (
                "Google promised not to sell face recognition to the police.",
                "Google scrapped a rule that barred it from selling face recognition to the police.",
            ),
        ],
        [
            (_SHELL, "Ethiopia rebuilt the town of Mekelle."),
            (_PALM, "Nestle refused to buy palm oil from burned forest."),
        ],
    ),
    "reversal": (
        [
            (_BORDER, "Latvia will close the border to refugees, the interior minister said."),
            (_WATER, "Ireland will not abolish water charges, the prime minister said."),
            (_DUNDEE, "Tesco will close its Dundee warehouse, it said."),
        ],
        [
            (_BORDER, "Latvia will open the border to refugees in May."),
            (_WATER, "Ireland will abolish water charges in May, the prime minister said."),
        ],
    ),
    "broken": (
        [
            (_ELECTIONS, "Uganda broke its promise to hold elections, the opposition said."),
            (_ELECTIONS, "Uganda failed to keep its promise to hold elections."),
            (
                "Boeing undertook to pay the families of the victims.",
                "Boeing has broken its pledge to pay the families, lawyers said.",
            ),
            (
                "Libya undertook under the accord to destroy its mustard gas.",
                "Libya has violated its undertaking to destroy its mustard gas, inspectors said.",
            ),
        ],
        [
            (_ELECTIONS, "Uganda kept its promise to hold elections."),
            (_ELECTIONS, "Uganda has not broken its promise to hold elections."),
            (_ELECTIONS, "Uganda broke its promise to build a railway."),
        ],
    ),
    "number": (
        [
            (_SEVILLE, "Airbus hired only 400 engineers in Seville."),
            ("Ghana promised to keep inflation below 8 percent.", "Inflation in Ghana rose to 19 percent."),
            (
                "Norway pledged to accept 500 refugees from Lesbos.",
                "Norway has accepted only 50 refugees from Lesbos.",
            ),
            (
                "Shell promised to cut its emissions by 40 percent.",
                "Shell cut its emissions by only 5 percent.",
            ),
            (
                "Malta promised to release all prisoners from Corradino.",
                "Malta has released only half of the prisoners from Corradino.",
            ),
            (
                "Google said it would use no more than 20 satellites over Chad.",
                "Google used 60 satellites over Chad.",
            ),
            (
                "Ghana promised to build 40 clinics in Tamale.",
                "Ghana now promises to build 12 clinics in Tamale.",
            ),
        ],
        [
            (_SEVILLE, "Airbus hired 3,100 engineers in Seville."),
            (_SEVILLE, "Airbus hired 2,950 engineers in Seville."),
            ("Shell promised to cut its emissions by 40 percent.", "Shell cut its emissions by 42 percent."),
            (
                "Shell promised to plant 3,000 trees in Utrecht by the end of 2025.",
                "Shell has planted 400 trees in Utrecht.",
            ),
            (
                "Google said it would use no more than 20 satellites over Chad.",
                "Google used 12 satellites over Chad.",
            ),
        ],
    ),
    "deadline": (
        [
            (_SINES, "Portugal has still not closed the Sines coal plant."),
            (_SINES, "Portugal has not closed the Sines coal plant."),
            (
                "Hungary promised to pay the nurses of Szeged by April 2020.",
                "The nurses of Szeged in Hungary are still waiting for their pay.",
            ),
        ],
        [
            (_SINES, "Portugal has closed the Sines coal plant."),
            (_LATER, "Portugal has not closed the Sines coal plant."),
        ],
    ),
    "moved": (
        [(_LATER, "Portugal now promises to close the Sines coal plant by the end of 2030.")],
        [
            (_LATER, "Portugal pledged to close the Sines coal plant by December 31, 2023."),
            (_LATER, "Portugal now promises to close the Sines coal plant by the end of 2022."),
        ],
    ),
    "hindered": (
        [
            (
                "Denmark promised to help the farmers of Jutland.",
                "Denmark has hampered the farmers of Jutland.",
            ),
            (_TURKANA, "Kenya has starved the herders of Turkana of water."),
        ],
        [
            (_TURKANA, "Kenya has fed the herders of Turkana."),
            (_TURKANA, "Kenya wanted to starve the herders of Turkana."),
            (_TURKANA, "Drought has starved the herders of Turkana."),
        ],
    ),
    # What was to end and is there still is told as the opposite.
    "opposite: still there": (
        [
            (_JADE, "Child labour persists in the jade mines of Myanmar, a report says."),
            (
                "Turkey undertook to remove the landmines along its border.",
                "The landmines along the border of Turkey are still there.",
            ),
        ],
        [(_JADE, "Child labour ended in the jade mines of Myanmar, a report says.")],
    ),
}

SUPPORT: dict[str, tuple[list[Pair], list[Pair]]] = {
    "fulfilled": (
        [
            (_SINES, "Portugal closed the Sines coal plant on Saturday."),
            (_RIGA, "Karelia Air has refunded the passengers stranded in Riga."),
            (_SEVILLE, "Airbus hired 3,100 engineers in Seville."),
            (
                "Tesco promised to keep its Dundee warehouse open if rents fall.",
                "Tesco kept its Dundee warehouse open.",
            ),
        ],
        [
            (_SINES, "Portugal may close the Sines coal plant on Saturday."),
            (
                "Lyft said it would share no addresses of its riders with insurers.",
                "Lyft encrypted its messages, so that insurers cannot read the addresses of its riders.",
            ),
            (
                "Chile promised to free the miners jailed in Arica.",
                "Chile freed its banks from a tax in Arica, where the miners were jailed.",
            ),
        ],
    ),
    "kept": (
        [
            (_ELECTIONS, "Uganda kept its promise to hold elections."),
            (_ELECTIONS, "Uganda has not broken its promise to hold elections."),
            (
                "Nike promised to end child labour in Lahore.",
                "Nike kept its word to end child labour in Lahore.",
            ),
        ],
        [(_ELECTIONS, "Uganda did not keep its promise to hold elections.")],
    ),
}

NOT_ASSERTED = {
    "reportedly": "Tesco reportedly closed its Dundee warehouse.",
    "allegedly": "Tesco has allegedly closed its Dundee warehouse.",
    "feared": "Unions fear that Tesco will close its Dundee warehouse.",
    "afraid": "Workers are afraid that Tesco closes its Dundee warehouse.",
    "possible: may": "Tesco may close its Dundee warehouse.",
    "possible: could": "Tesco could close its Dundee warehouse.",
    "likely": "It is likely that Tesco closed its Dundee warehouse.",
    "conditional: if": "If Tesco closes its Dundee warehouse, 300 people lose their jobs.",
    "conditional: would": "Tesco would close its Dundee warehouse if rents rose.",
    "asked": "Investors asked Tesco to close its Dundee warehouse.",
    "question": "Has Tesco closed its Dundee warehouse?",
    "whether": "Nobody knows whether Tesco closed its Dundee warehouse.",
    "denied": "Tesco denied that it had closed its Dundee warehouse.",
    "not true": "It is not true that Tesco closed its Dundee warehouse.",
    "predicted": "Analysts predict that Tesco will close its Dundee warehouse.",
    "wanted": "Tesco wanted to close its Dundee warehouse.",
    "prevented": "Protesters prevented Tesco from closing its Dundee warehouse.",
    "without": "Tesco cut costs without closing its Dundee warehouse.",
}
"""Ways of telling the opposite of _DUNDEE without saying that it is so."""

ASSERTED = {
    "plain": "Tesco has closed its Dundee warehouse.",
    "said of itself": "Tesco said it had closed its Dundee warehouse.",
    "found": "Inspectors found that Tesco had closed its Dundee warehouse.",
    "passive": "The Dundee warehouse was closed by Tesco.",
    "shared auxiliary": "Tesco has sacked 300 people and closed its Dundee warehouse.",
    "despite": "Tesco closed its Dundee warehouse despite protests.",
}
"""Ways of saying that it is so."""

PROMISE = _DUNDEE
"""The promise that the last two tables are held against."""

ELSEWHERE: dict[str, Pair] = {
    "other actor": (_DUNDEE, "Lidl closed its Dundee warehouse on Friday."),
    "other place": (_DUNDEE, "Tesco closed its Leeds warehouse on Friday."),
    "other thing of the same name": (
        "The Vatican promised to open its archives on the abuse of children.",
        "The Vatican will keep closed its archives on the Second World War.",
    ),
    "truce over": (
        "The ELN rebels promised not to attack pipelines while the truce lasts.",
        "Two weeks after the truce expired, the ELN rebels attacked a pipeline.",
    ),
    "day over": (
        "Japan said it would not raise the sales tax until 2019.",
        "Japan raised the sales tax on Monday.",
    ),
    "not begun": (
        "Sweden promised to sell no petrol cars from 2030.",
        "Sweden sold 20,000 petrol cars last year.",
    ),
}
"""Sentences of something else than what was promised: no alert."""

"""Sentences of our own for each rule of extraction: what it must find, and what it must leave.

A sentence that binds somebody is `(text, who is bound, how the quote starts)`; who is bound is part of one of
the actor's keys.
"""

from __future__ import annotations

Positive = tuple[str, str, str]

RULES: dict[str, tuple[list[Positive], list[str]]] = {
    "commissive verb with infinitive": (
        [
            (
                "Meta, the owner of Facebook, pledged not to use the data for advertising.",
                "meta",
                "pledged not",
            ),
            ("OPEC agreed to cut output by a million barrels a day.", "opec", "agreed to cut"),
            ("Lidl has undertaken to stop selling cigarettes by the end of 2024.", "lidl", "has undertaken"),
            ("The king of Lesotho has consented to hand over his powers.", "lesotho", "has consented"),
        ],
        [
            "The governor urged the firm to commit to the site.",
            "She committed three errors in the final.",
            "The government has refused to commit to a date.",
            "The talks failed to produce a promise.",
            "The army wants to buy drones but has yet to promise money for them.",
            "The EU demanded that Poland promise to respect judges.",
            "Nobody should promise what they cannot give.",
            "Britain could have promised more.",
        ],
    ),
    "commissive verb with clause": (
        [
            ("Egypt has assured the IMF that it would let the pound float.", "egypt", "has assured"),
            ("Mayor Anna Krause promised that the pool would reopen by May.", "anna krause", "promised that"),
            ("Denmark decided on Tuesday that it would send 19 jets to Ukraine.", "denmark", "would send"),
            ("Villagers were assured by Adani that no house would be pulled down.", "adani", "were assured"),
        ],
        [
            "The tariffs, economists agree, will hurt growth.",
            "Most traders agree that the cut will hurt the banks.",
            "The minister hoped that talks would resume.",
            "The union wants a guarantee that no jobs will go.",
        ],
    ),
    "commissive noun": (
        [
            ("Equinor announced plans to halve its emissions by 2030.", "equinor", "announced plans"),
            ("Vale's commitment to remove its riskiest dams by 2027 stands.", "vale", "commitment to remove"),
            (
                "Nairobi's governor gave her word that the market would not be moved.",
                "kenya",
                "gave her word",
            ),
            ("Bosch's vow that no site would be closed drew applause.", "bosch", "vow that"),
            ("Workers have Tata Steel's guarantee that the furnace will run.", "tata", "guarantee that"),
            (
                "Her promise to cut fares bought the mayor, Anna Krause, some time.",
                "anna krause",
                "promise to cut",
            ),
        ],
        [
            "The firm scrapped plans to build a second plant.",
            "Campaigners criticised plans to build a second runway.",
            "The minister left without promising anything.",
            "Investors fear the company will break its promise.",
            "The summit may bring a promise to end the subsidy.",
        ],
    ),
    "state": (
        [
            (
                "Orsted is committed to building the wind farm, its chairman said.",
                "ørsted",
                "is committed to",
            ),
            ("Swedbank said it was prepared, if asked, to open its books.", "swedbank", "was prepared"),
            ("Kim Jong Un told Moon Jae-in that he was ready to close the site.", "kim jong un", "was ready"),
        ],
        [
            "The bank is not ready for the change.",
            "Oil companies are eager to drill there.",
            "The rouble is bound to fall.",
        ],
    ),
    "pact": (
        [
            (
                "Under the agreement, Mexico is to send 425 million cubic metres of water.",
                "mexico",
                "is to send",
            ),
            ("At Glasgow Brazil signed a declaration that binds it to halt forest loss.", "brazil", "signed"),
            (
                "The army and the rebels signed an agreement to open three roads.",
                "army",
                "signed an agreement",
            ),
        ],
        [
            "The treaty obliges all members to report each year.",
            "The pact would oblige Britain to accept the rules.",
            "Trump signed the bill into law.",
            "The player signed for Everton on Friday.",
        ],
    ),
    "target": (
        [
            (
                "The city of Toulon has set itself a target of planting 10,000 trees.",
                "toulon",
                "has set itself",
            ),
        ],
        ["The education department set every school a target of 96 per cent."],
    ),
    "ruling out and swearing off": (
        [
            ("Heineken ruled out a sale of its Russian breweries.", "heineken", "ruled out"),
            ("The retailer Gap has sworn off angora.", "gap", "has sworn off"),
        ],
        [
            "Police have ruled out arson.",
            "The bank refused to rule out job cuts.",
            "The goalkeeper swore at the referee.",
            "The new judge was sworn in on Monday.",
        ],
    ),
    "guarantee": (
        [("Tata Steel guaranteed the jobs of 3,000 workers until 2030.", "tata", "guaranteed")],
        ["A win guarantees Spain a place in the final.", "A wolf pack threatens to wipe out the herd."],
    ),
    "weak": (
        [
            ("Philips said it planned to cut 4,000 jobs.", "philips", "planned to cut"),
            ("Equinor has no intention of selling the field.", "equinor", "has no intention"),
            (
                "Microsoft is not planning to cut jobs in Ireland, a spokeswoman said.",
                "microsoft",
                "is not planning",
            ),
        ],
        [
            "The company had planned to open a mine but ran out of money.",
            "The rebels accused the army of planning to bomb the town.",
            "Her intended husband came from Oslo.",
            "The statement was prepared in advance.",
        ],
    ),
    "will of an actor": (
        [
            ("Walmart will no longer sell handgun ammunition.", "walmart", "will no longer"),
            ("The Japanese carmaker Toyota will recall 1.2 million vehicles.", "toyota", "will recall"),
            ("Cuba will, from 1 May, let its citizens buy homes.", "cuba", "will, from"),
            ("Uber will stop selling data to brokers, it said on Thursday.", "uber", "will stop"),
        ],
        [
            "The storm will hit the coast on Monday, officials said.",
            "Drivers will have to pay more from May.",
            "Everybody will remember this day.",
            "The court will hear the case in May.",
            "Nobody knows what the junta will do next.",
            "It is unclear whether Apple will appeal.",
            "Will the government keep its word?",
        ],
    ),
    "reported would": (
        [
            ("Nordea said it would lend Ghana $3 billion.", "nordea", "would lend"),
            ("Sony said in March it would not raise the price of its console.", "sony", "would not raise"),
            ("The airline would cut 700 jobs, Lufthansa said in a statement.", "lufthansa", "would cut"),
            ("Nokia, its chairman said, would never sell the patents.", "nokia", "would never"),
            ("The mayor of Toulon said that the city would plant 10,000 trees.", "toulon", "would plant"),
            (
                "After talks in Berlin Narendra Modi said India would stay in the accord.",
                "india",
                "would stay",
            ),
            (
                "The French carmaker made clear that it would never return to Iran.",
                "french carmaker",
                "would never",
            ),
        ],
        [
            "Analysts said the bank would raise rates in June.",
            "The European Commission said growth would slow next year.",
            "The bank said it would lose $2 billion this year.",
            "Ford said it would take a charge of $2 billion.",
            "The airline said it would suffer delays.",
            "The company said the change would have no effect on prices.",
            "Officials said it would be a long night.",
            "The company said it would have to close the mine.",
            "The company said it would have closed the plant without state aid.",
            "He would often walk to work.",
            "Residents said they would never forget the night.",
            "It would take years to rebuild the city, the mayor said.",
        ],
    ),
    "passing on another's promise": (
        [
            ("Hamas will free at least 50 women, Qatar's foreign ministry said.", "hamas", "will free"),
            ("US Vice-President Mike Pence said Turkey would pause its offensive.", "turkey", "would pause"),
        ],
        [
            "An American official said Russia would invade within days.",
            "Israel's ambassador said Iran would cheat again.",
            "The charity said families would starve without help.",
        ],
    ),
    "things that are given": (
        [
            ("Shoppers will get their money back, Tesco promised.", "tesco", "will get"),
            ("Lufthansa said no jobs would be lost.", "lufthansa", "no jobs would"),
            (
                "Barclays told customers that their accounts would be closed in June.",
                "barclays",
                "would be closed",
            ),
            (
                "Fans were promised a new stadium by Valencia's owner, Peter Lim.",
                "peter lim",
                "were promised",
            ),
        ],
        [
            "The union said 4,000 jobs would be lost under the plan.",
            "The minister said that Britain would be poorer.",
            "There will be winners and losers, the minister said.",
            "The tunnel will be 18 kilometres long.",
            "The virus would spread fast, the ministry said.",
        ],
    ),
    "direct speech": (
        [
            ('"We will repair every phone free of charge," Samsung said.', "samsung", "will repair"),
            ('"I will resign before Christmas," Mayor Anna Krause said.', "anna krause", "will resign"),
            (
                '"I apologise," said the owner, John Smith. "Every penny will be returned."',
                "john smith",
                "will be",
            ),
            (
                '"All seized homes will be returned," read a statement signed by Kenya.',
                "kenya",
                "will be returned",
            ),
        ],
        [
            '"They will break their promise," the farmer said.',
            '"I would never do that," the singer said.',
            '"If I were younger I would take the job," said the manager.',
            '"We will see what the spring brings," the landlady said.',
        ],
    ),
    "fronted negation": (
        [
            ("Under no circumstances will Peru sell the land, its president said.", "peru", "Under no"),
            ('"Never again will this bank lend to them," said Barclays.', "barclays", "Never again"),
        ],
        ["Never before had the bank lent so much."],
    ),
    "relative clause": (
        [("Apple, which has pledged to be carbon neutral by 2030, sued.", "apple", "has pledged")],
        ["The man who will pay for this has not been found."],
    ),
}

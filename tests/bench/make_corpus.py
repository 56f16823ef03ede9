"""Make a corpus of mixed news, for timing: make_corpus.py PATH [--articles 20000] [--seed 1]

PATH is a file of JSON lines, or (where it does not end in .jsonl) a folder of text files, 1,000 to a subfolder.
One article in four is diplomatic: passages of the sample articles and the examples of the frames between
sentences of the kinds that surround them. The rest is what else fills a paper: domestic politics, courts, business,
sport, weather, culture; foreign names occur there too, as they do. All is ours, from common knowledge; the
figures and most names in it are drawn by lot, so no two texts are the same and none of them is a source of facts.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from relwatch import tables

FIRST, DAYS = date(1995, 1, 2), 11_000
DIPLOMATIC = 0.25
WORDS = {
    "city": "Chicago London Paris Moscow Vienna Lyon Hamburg Seattle Boston Leeds Kyoto Osaka Milan Porto Madrid Oslo",
    "country": "France Germany Japan India Brazil Canada Egypt Turkey Poland Kenya Norway Chile Spain Italy Russia",
    "people": "French German Japanese Indian Brazilian Canadian Egyptian Turkish Polish Kenyan Norwegian American",
    "name": "Miller Novak Rossi Tanaka Larsen Costa Weber Martin Okafor Singh Petit Moreno Keller Haddad Brandt Olsen",
    "first": "Anna Peter Maria John Julia Thomas Elena David Laura Michael Sofia Paul Nina Robert Clara Daniel",
    "day": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "thing": "wheat steel timber copper coffee cement rice paper cotton glass milk sugar",
    "club": "Rovers United Athletic Wanderers City Rangers Albion Harbour",
    "dept": "education health transport housing agriculture labour",
}
SENTENCES = """
The {dept} committee met on {day} to hear from officials about spending in the coming year.
About {n} people attended the hearing, which was moved to a larger hall at the last minute.
The city council of {city} voted {m} to {k} to repair the bridge, which was closed last winter.
Opponents of the plan said that it would cost twice what the {dept} department had said.
A judge in {city} sentenced {first} {name} to {k} years in prison for fraud.
The lawyer for the defendant said that she would appeal against the ruling.
Prosecutors said that the company had hidden its losses from investors for {k} years.
Shares of the {thing} maker fell {m} percent on {day} after it cut its forecast for the year.
The central bank left its main rate unchanged, and said that inflation should ease by the end of the year.
Prices of {thing} have risen by {m} percent since the harvest, according to figures published on {day}.
Unemployment fell to its lowest level in {k} years, the statistics office said.
“We expect demand to recover slowly,” said {first} {name}, an economist at a bank in {city}.
{club} beat {city} {k}-1 on {day} with two goals in the last ten minutes.
The coach, {first} {name}, said his team had been lucky and would need to play better next week.
It was the first time in {k} seasons that {club} had won away from home.
The {people} midfielder left the pitch with an injury after {m} minutes.
Heavy rain is expected in the north on {day}, and winds of up to {n} kilometres an hour along the coast.
Firefighters brought the blaze under control on {day} after it had burnt {n} hectares of forest.
No one was hurt when a goods train left the rails near {city}, the police said.
The museum in {city} will show {n} paintings, most of them on loan from private collections.
Her third novel, set in {country} before the war, sold {n} thousand copies in its first month.
The orchestra will tour {country} in the spring, its director {first} {name} said.
Researchers at the university of {city} followed {n} patients over {k} years.
The study, published on {day}, found that those who slept longer had fewer heart attacks.
“This does not prove a cause,” said {first} {name}, who led the work.
Teachers in {city} plan to strike on {day} over pay and the size of classes.
The union said that {n} schools would be closed, while the ministry spoke of half that number.
Passengers complained of long delays at the airport, where computers failed in the morning.
The airline said that it had cancelled {n} flights, and that travellers could book again free of charge.
Voters in {city} go to the polls on {day} to choose a mayor among {k} candidates.
{first} {name}, who has led the party since the spring, said that taxes should not rise.
The opposition accused the government of having no plan for the {dept} service.
The governor signed the bill into law on {day}, though critics say that it goes too far.
A {people} tourist was rescued from the mountain after two nights in the cold.
The price of a litre of petrol rose by {k} cents, which drivers in {city} noticed at once.
Police in {city} arrested {k} men on suspicion of stealing cars and selling them abroad.
The company, which employs {n} people in {country}, makes parts for lorries and tractors.
Farmers said that the drought was the worst that they could remember.
The hospital will close its old wing next year and open a new one with {n} beds.
The mayor, {first} {name}, thanked the volunteers and promised that the road would be open by {day}.
Analysts had expected a rise of {k} percent, so the figures came as a surprise.
The film opens in cinemas in {country} on {day} and stars {first} {name} as a retired detective.
""".strip().split("\n")
AROUND = """
The ministry gave no further details, and calls to its press office were not answered.
Reporters were told to leave the room after a few minutes.
The two sides have met {k} times since the spring.
Trade between the countries was worth {n} million dollars last year.
Analysts said that little had been expected of the day.
Diplomats who spoke on condition of anonymity said that much remained to be done.
The delegation arrived in {city} late on {day} and left the next morning.
A spokesman said that a statement would be published later.
""".strip().split("\n")
HEADLINES = (
    "{city} council weighs {dept} plan after long debate",
    "{club} win again as {city} falter",
    "Prices of {thing} rise for the {k}th month",
    "What we know about the {dept} bill",
)
FOREIGN = "Talks and tensions: the day in foreign affairs, {day} edition {n}"


def passages() -> list[str]:
    """Paragraphs about foreign affairs: those of the samples, and examples of the frames by threes."""
    samples = sorted((tables.data_dir() / "samples").glob("*.txt"))
    prose = [p for path in samples for p in path.read_text(encoding="utf-8").split("\n\n") if len(p) > 150]
    examples = [row["sentence"] for row in tables.rows("frame_examples.csv")]
    return prose + [" ".join(examples[at : at + 3]) for at in range(0, len(examples) - 2, 3)]


def filled(rng: random.Random, template: str) -> str:
    """A sentence with its gaps filled by lot."""
    lots = {"n": str(rng.randrange(20, 900)), "m": str(rng.randrange(10, 60)), "k": str(rng.randrange(2, 10))}
    return re.sub(r"\{(\w+)\}", lambda gap: lots.get(gap[1]) or rng.choice(WORDS[gap[1]].split()), template)


def paragraphs(rng: random.Random, templates: list[str], count: int) -> list[str]:
    """Paragraphs of two to four sentences."""
    return [" ".join(filled(rng, t) for t in rng.sample(templates, rng.randrange(2, 5))) for _ in range(count)]


def articles(count: int, seed: int) -> Iterator[dict[str, str]]:
    """``count`` articles with the fields that `relwatch add` knows; about 400 words each."""
    rng = random.Random(seed)
    foreign = passages()
    for number in range(count):
        day = FIRST + timedelta(days=rng.randrange(DAYS))
        if rng.random() < DIPLOMATIC:
            headline = filled(rng, FOREIGN)
            body = [*rng.sample(foreign, 5), *paragraphs(rng, AROUND, 2), *paragraphs(rng, SENTENCES, 2)]
            rng.shuffle(body)
        else:
            headline = filled(rng, rng.choice(HEADLINES))
            body = paragraphs(rng, SENTENCES, rng.randrange(6, 11))
        dateline = f"{rng.choice(WORDS['city'].split()).upper()}, {day:%B} {day.day}, {day.year} - "
        text = "\n\n".join([headline, dateline + body[0], *body[1:]]) + "\n"
        yield {"id": f"made-{seed}-{number}", "outlet": "Example Wire", "date": day.isoformat(), "text": text}


def write(path: Path, count: int, seed: int) -> None:
    """Write the corpus, as JSON lines or as a folder of text files."""
    if path.suffix == ".jsonl":
        with path.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps(article) + "\n" for article in articles(count, seed))
        return
    for number, article in enumerate(articles(count, seed)):
        folder = path / f"{number // 1000:04}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:07}.txt").write_text(article["text"], encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("path", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write(asked.path, asked.articles, asked.seed)


if __name__ == "__main__":
    main()

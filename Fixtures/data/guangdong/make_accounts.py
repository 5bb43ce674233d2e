#!/usr/bin/env python3
"""Draw accounts-simulated.csv, flows-simulated.csv and prices-simulated.csv of this folder; none is observed.

    python3 make_accounts.py

The study of evaluation needs people, incomes, flows and prices that the indicator system has not. They are drawn around
traits of counties (lognormal), a level by region and a common trend; income_urban is the panel's income_ratio times
income_rural. Magnitudes were set by hand. No column depends on another but as said here, so that efficiency, coupling or
convergence found in them is chance.
"""

import csv
import math
import random
from pathlib import Path

HERE = Path(__file__).parent
LEVEL = {"PRD": 1.0, "East": 0.62, "West": 0.58, "North": 0.5}
HUBS = ["440304", "440106", "440605"]
PRICES = {"collective land": 41.0, "state land": 88.0, "farmland lease": 0.9, "labour day": 215.0}
QUANTITIES = {"collective land": 90, "state land": 120, "farmland lease": 2600, "labour day": 900}


def rows(name):
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name, header, table):
    with open(HERE / name, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *table])


def noise(draw, deviation):
    return math.exp(draw.gauss(0, deviation))


def accounts(region, draw):
    traits = {}
    for row in rows("panel-simulated.csv"):
        code, year = row["code"], int(row["year"])
        level, age = LEVEL[region[code]], year - 2014
        own = traits.setdefault(
            code,
            {
                "people": 520_000 * noise(draw, 0.5) * (1.4 if level == 1 else 1),
                "urban": min(0.97, max(0.25, 0.45 + 0.35 * level + draw.gauss(0, 0.07))),
                "income": 21_000 * (0.62 + 0.5 * level) * noise(draw, 0.12),
                "size": noise(draw, 0.35),
                "talents": 18 + 30 * draw.random(),
                "reinvested": 42 + 22 * draw.random(),
                "loans": 46 + 26 * level + draw.gauss(0, 6),
                "outflow": 9 - 11 * level + draw.gauss(0, 2),
                "skill": noise(draw, 0.18),
            },
        )
        urban = min(0.985, own["urban"] + 0.006 * age)
        people = own["people"] * (1 + 0.004 * age)
        income = own["income"] * 1.075**age * noise(draw, 0.015)
        capital = 36_000 * own["size"] * level**0.5 * 1.06**age * noise(draw, 0.06)
        labour = 21_000 * own["size"] * noise(draw, 0.05)
        land = 3_900 * own["size"] * 1.02**age * noise(draw, 0.05)
        value = 95_000 * own["size"] * own["skill"] * 1.035**age * noise(draw, 0.06)
        yield [
            code, year, "yes",
            round(people * urban), round(people * (1 - urban)),
            round(income * float(row["income_ratio"])), round(income),
            round(labour), round(capital), round(land), round(value),
            round(2_300 * own["size"] * (0.97**age) * noise(draw, 0.08)),
            max(0, round(own["talents"] + 4.2 * age + draw.gauss(0, 3))),
            round(min(99, own["reinvested"] + 1.1 * age + draw.gauss(0, 3)), 1),
            round(max(20, own["loans"] + 0.6 * age + draw.gauss(0, 2)), 1),
            round(own["outflow"] - 0.12 * age + draw.gauss(0, 0.6), 2),
        ]  # fmt: skip


def flows(region, draw):
    links = [(link["code_i"], link["code_j"]) for link in rows("queen.csv")]
    codes = sorted({code for link in links for code in link})
    pairs = sorted({*links, *((b, a) for a, b in links)})
    pairs += [(code, hub) for code in codes for hub in HUBS if region[code] != "PRD"]
    pull = {(a, b): noise(draw, 0.6) * LEVEL[region[b]] / LEVEL[region[a]] for a, b in pairs}
    for year in (2021, 2022, 2023):
        for (a, b), strength in pull.items():
            yield [a, b, year, "labour", round(160 * strength * noise(draw, 0.1))]
            if (a, b) in pairs[: 2 * len(links)]:
                yield [a, b, year, "capital", round(210 / strength * noise(draw, 0.2))]


def prices(region, draw):
    for code in sorted(region):
        own = {item: noise(draw, 0.15) * LEVEL[region[code]] ** 0.5 for item in PRICES}
        for year in (2021, 2022, 2023):
            for item, price in PRICES.items():
                yield [
                    code, year, item, round(price * own[item] * 1.04 ** (year - 2021) * noise(draw, 0.02), 3),
                    round(QUANTITIES[item] * noise(draw, 0.4)),
                ]  # fmt: skip


def main():
    region = {row["code"]: row["region4"] for row in rows("counties.csv")}
    studied = {row["code"] for row in rows("panel-simulated.csv")}
    region = {code: name for code, name in region.items() if code in studied}
    write(
        "accounts-simulated.csv",
        [
            "code", "year", "simulated", "population_urban", "population_rural", "income_urban", "income_rural",
            "labour_flow", "capital_flow", "land_flow", "value_added", "nitrogen_surplus", "talents_posted",
            "land_revenue_reinvested", "loan_deposit_ratio", "labour_net_outflow",
        ],
        accounts(region, random.Random(20142023)),
    )  # fmt: skip
    write("flows-simulated.csv", ["from", "to", "time", "factor", "value"], flows(region, random.Random(4121)))
    write("prices-simulated.csv", ["county", "year", "item", "price", "quantity"], prices(region, random.Random(4211)))


main()

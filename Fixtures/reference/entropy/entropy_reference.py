#!/usr/bin/env python3
"""Entropy weights by an independent road: 50-digit arithmetic (mpmath), checked by numpy.

    python3 entropy_reference.py                          writes hunan.json, north-carolina.json, trap.json
    python3 entropy_reference.py --dfiic FILE --out JSON  weights of the Peking University county index

The input cells are taken as the doubles nearest to their decimals, since that is what a program reads;
from there on every step has 50 digits, and results are rounded once, to the nearest double.
"""

import argparse
import csv
import hashlib
import json
from pathlib import Path

import mpmath as mp
import numpy as np

mp.mp.dps = 50
HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "data"
SHIFTS = (0.0, 1e-4)
NORMALISATIONS = ("pooled", "annual")


# ---------------------------------------------------------------- reading


def read_rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_system(path):
    keep = ("index", "dimension", "column", "direction")
    return [{key: row[key] for key in keep} for row in read_rows(path)]


def cube(rows, system, unit="code", time="year"):
    """values[t][i][j] as doubles, with the units and times; every unit must be there in every year."""
    units = sorted({row[unit] for row in rows})
    times = sorted({int(row[time]) for row in rows})
    cell = {(row[unit], int(row[time])): row for row in rows}
    assert len(cell) == len(rows) == len(units) * len(times), "not a balanced panel"
    values = [[[float(cell[u, t][s["column"]]) for s in system] for u in units] for t in times]
    return units, times, values


# ---------------------------------------------------------------- the method, 50 digits


def rescaled(block, signs):
    """Min–max over all rows of a block; a constant column becomes zeros."""
    columns = []
    for column, sign in zip(zip(*block), signs):
        numbers = [mp.mpf(x) for x in column]
        low, high = min(numbers), max(numbers)
        width = high - low
        if width == 0:
            columns.append([mp.mpf(0)] * len(numbers))
        elif sign == "+":
            columns.append([(x - low) / width for x in numbers])
        else:
            columns.append([(high - x) / width for x in numbers])
    return [list(row) for row in zip(*columns)]


def entropy_of(numbers):
    """Shannon entropy of the shares of non-negative numbers, relative to its largest value.

    Uses H = ln S − (1/S) Σ y ln y, which is −Σ (y/S) ln (y/S) multiplied out. Nothing to share out counts as
    evenly shared: 1.
    """
    total = mp.fsum(numbers)
    if total == 0:
        return mp.mpf(1)
    weighted = mp.fsum(y * mp.log(y) for y in numbers if y > 0)
    return (mp.log(total) - weighted / total) / mp.log(len(numbers))


def weights_of(block, indices, shift):
    """Entropy, divergence and weight of every column; weights add up to one within each index."""
    entropies = [entropy_of([y + mp.mpf(shift) for y in column]) for column in zip(*block)]
    divergences = [1 - e for e in entropies]
    totals = {i: mp.fsum(d for d, k in zip(divergences, indices) if k == i) for i in set(indices)}
    return {
        "entropy": entropies,
        "divergence": divergences,
        "weight": [d / totals[i] for d, i in zip(divergences, indices)],
    }


def mean_of(tables):
    return {
        key: [mp.fsum(column) / len(tables) for column in zip(*(table[key] for table in tables))]
        for key in tables[0]
    }


def normalised(values, signs, rule):
    """The cube after min–max, over all years together or year by year."""
    if rule == "annual":
        return [rescaled(block, signs) for block in values]
    flat = rescaled([row for block in values for row in block], signs)
    size = len(values[0])
    return [flat[start : start + size] for start in range(0, len(flat), size)]


# ---------------------------------------------------------------- the same in doubles, as a check


def numpy_weights(scaled, indices, shift):
    """Weights by numpy of a (rows × columns) block: −Σ p ln p with 0 ln 0 = 0."""
    y = np.array([[float(x) for x in row] for row in scaled]) + shift
    with np.errstate(all="ignore"):
        p = y / y.sum(axis=0)
        terms = np.where(p > 0, p * np.log(p), 0.0)
    e = -terms.sum(axis=0) / np.log(len(y))
    d = 1 - e
    return np.array([d[j] / sum(d[k] for k in range(len(d)) if indices[k] == indices[j]) for j in range(len(d))])


def check(table, scaled, indices, shift):
    gap = np.max(np.abs(numpy_weights(scaled, indices, shift) - np.array([float(w) for w in table["weight"]])))
    assert gap < 1e-11, f"numpy and mpmath differ by {gap}"
    return gap


# ---------------------------------------------------------------- results


def doubles(table):
    return {key: [float(x) for x in column] for key, column in table.items()}


def score_rows(scaled, units, times, tables, system, shown_units, shown_times):
    """Σ w x' (without the shift) a index, and each dimension's part of that sum."""
    rows = []
    for kind in ("annual-mean", "annual", "pooled"):
        for unit in shown_units:
            for time in shown_times:
                t = times.index(time)
                x = scaled[t][units.index(unit)]
                w = (tables[kind][t] if kind == "annual" else tables[kind])["weight"]
                parts = {}
                for s, term in zip(system, (a * b for a, b in zip(w, x))):
                    for name in (s["index"], f"{s['index']}_{s['dimension']}"):
                        parts[name] = parts.get(name, mp.mpf(0)) + term
                rows.append(
                    {"weights": kind, "unit": unit, "time": time}
                    | {"scores": {name: float(value) for name, value in sorted(parts.items())}}
                )
    return rows


def variants(units, times, values, system, shown_units=(), shown_times=()):
    signs = [s["direction"] for s in system]
    indices = [s["index"] for s in system]
    results, worst = [], 0
    for rule in NORMALISATIONS:
        scaled = normalised(values, signs, rule)
        flat = [row for block in scaled for row in block]
        for shift in SHIFTS:
            by_time = [weights_of(block, indices, shift) for block in scaled]
            pooled = weights_of(flat, indices, shift)
            for table, block in [*zip(by_time, scaled), (pooled, flat)]:
                worst = max(worst, check(table, block, indices, shift))
            tables = {"annual": by_time, "annual-mean": mean_of(by_time), "pooled": pooled}
            result = {"normalise": rule, "shift": shift}
            result["annual"] = [{"time": t} | doubles(table) for t, table in zip(times, by_time)]
            result["annual_mean"] = doubles(tables["annual-mean"])
            result["pooled"] = doubles(pooled)
            if shown_units:
                result["scores"] = score_rows(
                    scaled, units, times, tables, system, shown_units, shown_times)
            results.append(result)
    return results, worst


def describe(path, units, times, system, results, worst):
    return {
        "data": str(path),
        "data_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "made_by": "entropy_reference.py",
        "mpmath": mp.__version__,
        "numpy": np.__version__,
        "largest_gap_mpmath_numpy": float(worst),
        "units": len(units),
        "times": times,
        "indicators": system,
        "variants": results,
    }


def write(path, document):
    """JSON with one line a list of numbers: small, and fit for a diff."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    lines, pending = [], ""
    for line in text.split("\n"):
        stripped = line.strip()
        if any(stripped == f'"{key}": [' for key in LEAF_LISTS):
            pending = line
        elif pending:
            pending += stripped
            if stripped.startswith("]"):
                lines.append(pending)
                pending = ""
        else:
            lines.append(line)
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert json.loads(Path(path).read_text(encoding="utf-8")) == json.loads(text)


LEAF_LISTS = (
    "entropy divergence weight times row indicator_ranking county_ranking score_in_2022"
).split()


def fixture(name, panel, shown_units, shown_times):
    path = DATA / name / panel
    system = read_system(DATA / name / "indicators.csv")
    units, times, values = cube(read_rows(path), system)
    results, worst = variants(units, times, values, system, shown_units, shown_times)
    document = describe(path, units, times, system, results, worst)
    document["data"] = f"Fixtures/data/{name}/{panel}"
    write(HERE / f"{name}.json", document)
    print(f"{name}: {len(units)} units, {len(times)} times, mpmath and numpy differ by {worst:.1e} at most")


# ---------------------------------------------------------------- the do-file trap


def trap():
    """Pooled shares with the constant of a time series: k = 1/ln T though n·T rows are summed.

    Four counties, three years, three indicators: a is nearly even, c is concentrated in one county.
    """
    system = [{"index": "X", "dimension": "x", "column": c, "direction": "+"} for c in "abc"]
    table = [
        ("1", 2020, 10.0, 0.0, 0.0), ("1", 2021, 18.0, 2.0, 0.0), ("1", 2022, 20.0, 3.0, 1.0),
        ("2", 2020, 16.0, 5.0, 1.0), ("2", 2021, 17.0, 6.0, 1.0), ("2", 2022, 19.0, 8.0, 2.0),
        ("3", 2020, 17.0, 2.0, 2.0), ("3", 2021, 18.0, 4.0, 3.0), ("3", 2022, 19.0, 4.0, 4.0),
        ("4", 2020, 15.0, 1.0, 8.0), ("4", 2021, 16.0, 1.0, 9.0), ("4", 2022, 17.0, 2.0, 11.0),
    ]
    rows = [dict(zip(("code", "year", "a", "b", "c"), row)) for row in table]
    units, times, values = cube(rows, system)
    scaled = [row for block in normalised(values, "+++", "pooled") for row in block]
    right = weights_of(scaled, "XXX", 0)
    factor = mp.log(len(scaled)) / mp.log(len(times))
    entropy = [e * factor for e in right["entropy"]]
    divergence = [1 - e for e in entropy]
    wrong = {
        "entropy": entropy,
        "divergence": divergence,
        "weight": [d / mp.fsum(divergence) for d in divergence],
    }
    assert all(e > 1 for e in entropy) and all(d < 0 for d in divergence), "the example must show the trap"

    def summary(table):
        order = sorted(range(3), key=lambda j: -table["weight"][j])
        last = scaled[-len(units) :]
        score = [mp.fsum(w * x for w, x in zip(table["weight"], row)) for row in last]
        places = sorted(range(len(units)), key=lambda i: -score[i])
        return doubles(table) | {
            "indicator_ranking": ["abc"[j] for j in order],
            "score_in_2022": [float(s) for s in score],
            "county_ranking": [units[i] for i in places],
        }

    write(
        HERE / "trap.json",
        {
            "made_by": "entropy_reference.py",
            "what": trap.__doc__.strip().split("\n")[0],
            "columns": "code,year,a,b,c",
            "rows": [{"row": list(row)} for row in table],
            "right_k": float(1 / mp.log(len(scaled))),
            "wrong_k": float(1 / mp.log(len(times))),
            "right": summary(right),
            "wrong": summary(wrong),
        },
    )
    print("trap: right", summary(right)["weight"], "wrong", summary(wrong)["weight"])


# ---------------------------------------------------------------- the county index of Peking University


SUB_INDICES = (
    "index_aggregate coverage_breadth usage_depth payment insurance monetary_fund investment credit "
    "credit_investigation digitization_level"
).split()


def holes(rows):
    """For each column the years in which cells are empty, and how many of how many."""
    found = {}
    for column in SUB_INDICES:
        for year in sorted({row["year"] for row in rows}):
            cells = [row[column].strip() for row in rows if row["year"] == year]
            if "" in cells:
                found.setdefault(column, {})[year] = f"{cells.count('')} of {len(cells)}"
    return found


def dfiic(path, out):
    every = read_rows(path)
    rows = [row for row in every if 2016 <= int(row["year"]) <= 2020]
    whole = [c for c in SUB_INDICES if all(row[c].strip() for row in rows)]
    carried = []
    latest = {}
    for row in sorted(rows, key=lambda row: (row["code"], row["year"])):
        filled = {c: row[c] if row[c].strip() else latest[row["code"], c] for c in SUB_INDICES}
        latest.update({(row["code"], c): filled[c] for c in SUB_INDICES})
        carried.append(row | filled)
    cases = {
        "eight complete sub-indices, 2016-2020": (whole, rows),
        "ten sub-indices, 2016-2018": (SUB_INDICES, [row for row in rows if int(row["year"]) <= 2018]),
        "ten sub-indices, 2016-2020, the 2018 value carried into 2019 and 2020": (SUB_INDICES, carried),
    }
    document = {
        "data": "hunan_dfiic_2014_2020.csv; the data are not part of this project, only weights are",
        "data_sha256": hashlib.sha256(Path(path).read_bytes()).hexdigest(),
        "made_by": "entropy_reference.py --dfiic",
        "mpmath": mp.__version__,
        "numpy": np.__version__,
        "empty_cells": holes(every),
        "cases": [],
    }
    for name, (columns, cells) in cases.items():
        system = [{"index": "D", "dimension": "d", "column": c, "direction": "+"} for c in columns]
        units, times, values = cube(cells, system)
        results, worst = variants(units, times, values, system)
        document["cases"].append(
            {"case": name, "units": len(units), "times": times, "indicators": system, "variants": results})
        print(f"{name}: {len(units)} units, {len(columns)} indicators, numpy gap {worst:.1e}")
    write(out, document)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dfiic", metavar="FILE")
    parser.add_argument("--out", metavar="JSON")
    options = parser.parse_args()
    if options.dfiic:
        dfiic(options.dfiic, options.out)
        return
    fixture("hunan", "panel-simulated.csv", ("430103", "430527", "433130"), (2012, 2022))
    fixture("north-carolina", "counties-1981-1987.csv", ("37001", "37115", "37119"), (1981, 1987))
    trap()


main()

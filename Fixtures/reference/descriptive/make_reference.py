"""Writes sample.csv and reference.json. Run: python3 make_reference.py ABDATA.csv (numpy and scipy)."""

import csv
import json
import os
import sys

import numpy as np
import scipy
from scipy import stats

VARIABLES = ["n", "w", "k", "ys"]
here = os.path.dirname(os.path.abspath(__file__))

rows = []
with open(sys.argv[1], newline="") as file:
    for position, row in enumerate(csv.DictReader(file)):
        if int(row["id"]) < 91:
            continue
        kept = {name: row[name] for name in ["id", "year"] + VARIABLES}
        # Holes at fixed places, so that listwise and pairwise samples differ.
        if position % 17 == 3:
            kept["w"] = ""
        if position % 23 == 5:
            kept["k"] = ""
        rows.append(kept)
with open(os.path.join(here, "sample.csv"), "w", newline="") as file:
    writer = csv.DictWriter(file, ["id", "year"] + VARIABLES, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)

ids = np.array([int(row["id"]) for row in rows])
data = {name: np.array([float(row[name] or "nan") for row in rows]) for name in VARIABLES}


def summary(x):
    known = ~np.isnan(x)
    means = np.array([x[known & (ids == i)].mean() for i in np.unique(ids[known])])
    mean_of = dict(zip(np.unique(ids[known]), means))
    within = x[known] - np.array([mean_of[i] for i in ids[known]]) + x[known].mean()
    q = np.quantile(x[known], [0, 0.25, 0.5, 0.75, 1])  # numpy's default is type 7
    return {
        "n": int(known.sum()), "missing": int((~known).sum()), "units": len(means),
        "mean": x[known].mean(), "sd": x[known].std(ddof=1), "min": q[0], "q1": q[1], "median": q[2],
        "q3": q[3], "max": q[4], "sd_between": means.std(ddof=1), "sd_within": within.std(ddof=1),
    }


complete = ~np.isnan(np.column_stack(list(data.values()))).any(axis=1)


def correlations(test, listwise):
    pairs = []
    for j, b in enumerate(VARIABLES):
        for a in VARIABLES[:j]:
            used = complete if listwise else ~np.isnan(data[a]) & ~np.isnan(data[b])
            r = test(data[a][used], data[b][used])
            pairs.append({"first": a, "second": b, "r": float(r[0]), "p": float(r[1]), "n": int(used.sum())})
    return pairs


def vif():
    factors = []
    for name in VARIABLES:
        others = [np.ones(complete.sum())] + [data[other][complete] for other in VARIABLES if other != name]
        y = data[name][complete]
        X = np.column_stack(others)
        residual = y - X @ np.linalg.lstsq(X, y, rcond=None)[0]
        factors.append(((y - y.mean()) ** 2).sum() / (residual**2).sum())
    return factors


with open(os.path.join(here, "reference.json"), "w") as file:
    json.dump(
        {
            "numpy": np.__version__, "scipy": scipy.__version__, "complete": int(complete.sum()),
            "variables": VARIABLES, "summaries": [summary(data[name]) for name in VARIABLES],
            "pearson_listwise": correlations(stats.pearsonr, True),
            "pearson_pairwise": correlations(stats.pearsonr, False),
            "spearman_listwise": correlations(stats.spearmanr, True),
            "spearman_pairwise": correlations(stats.spearmanr, False),
            "vif": vif(),
        }, file, indent=1)
    file.write("\n")

"""Holds planted tables, exact panels and a Monte Carlo of ruralvalue to estimators that share no code with it.

    python3 Fixtures/reference/planted/check.py .build/release/ruralvalue > Fixtures/reference/planted/agreement.txt

Needs numpy, scipy and mpmath. Panels and tables come through the command line; nothing is estimated by the program but
where its numbers are what is checked. Exits 1 where an agreement is worse than the bound printed beside it.
"""
import csv
import io
import json
import math
import os
import subprocess
import sys
import tempfile

import mpmath
import numpy as np
import scipy
from estimators import information_floor, observed_floor, read_panel, read_weights, spatial_ml, system_gmm

program = os.path.abspath(sys.argv[1])
fixtures = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
hunan = fixtures + "/data/hunan/"
Z95 = 1.959963984540054
failed = False


def run(*words):
    return subprocess.run([program, *words, "--quiet"], check=True, capture_output=True, text=True).stdout


def say(what, difference, bound):
    global failed
    failed |= not difference <= bound
    print(f"{what:74} {difference:8.1e}  {'within' if difference <= bound else 'NOT WITHIN'} {bound:.0e}")


def gap(a, b):
    return float(np.max(np.abs(np.asarray(a) - np.asarray(b))))


def rows(document, key="coefficients"):
    return {r["term"]: r for r in document[key]}


def printed(name):
    with open(fixtures + "/data/paper/" + name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rounds(value, text):
    """Whether a number rounds to a printed one, either way at a tie."""
    half = 0.5 * 10.0 ** -len(text.split(".")[1])
    return abs(value - float(text)) <= half * (1 + 1e-9)


def planted_table4():
    print("\nTable 4 on scores-table4.csv: two-step system GMM, dense matrices, 40 digits")
    # The scores' instruments are near collinear; numpy's inverse in double precision is off by 1e-9 here.
    mpmath.mp.dps = 40
    units, years, data = read_panel(open(hunan + "scores-table4.csv", encoding="utf-8"), "VPCIT", mpmath.mpf)
    b, V = system_gmm(data["V"], [data[x] for x in "PCIT"])
    b, V = b.astype(float), V.astype(float)
    document = json.loads(run("gmm", hunan + "scores-table4.csv", "--formula", "V ~ lag(V) + P + C + I + T",
                              "--gmm", "V,2:;collapse", "--iv", "P", "--iv", "C", "--iv", "I", "--iv", "T",
                              "--sums", "P,C,I,T", "--json"))
    own = list(rows(document).values())
    say("15 coefficients against the program's", gap(b, [r["estimate"] for r in own]), 1e-10)
    say("15 Windmeijer errors", gap(np.sqrt(np.diag(V)), [r["std_error"] for r in own]), 1e-10)
    agree = cells = 0
    for row in printed("table4.csv"):
        weights = np.zeros(len(b))
        for name in row["matches"].split("+") if row["matches"].strip() else row["term"].split("+"):
            weights["VPCIT".index(name.strip()[4] if name.strip().startswith("lag(") else name.strip())] = 1
        estimate, error = weights @ b, math.sqrt(weights @ V @ weights)
        p = math.erfc(abs(estimate / error) / math.sqrt(2))
        for value, text in ((estimate, row["estimate"]), (error, row["std_error"]),
                            (estimate / error, row["statistic"]), (p, row["p_value"])):
            cells, agree = cells + 1, agree + rounds(value, text)
        cells, agree = cells + 1, agree + (row["stars"] == "*" * ((p < 0.05) + (p < 0.01)))
    say(f"printed cells that are not had, of {cells}", cells - agree, 0)


def planted_table5():
    print("\nTable 5 on scores-table5.csv: ML on data multiplied by explicit bases, dense matrices")
    names = ["lnV", "lnP", "lnC", "lnI", "lnT"]
    units, years, data = read_panel(open(hunan + "scores-table5.csv", encoding="utf-8"), names)
    W = read_weights(open(hunan + "queen.csv"), units)
    fit = spatial_ml(data["lnV"], [data[x] for x in names[1:]], W)
    document = json.loads(run("sdm", hunan + "scores-table5.csv", "--formula", "lnV ~ lnP + lnC + lnI + lnT",
                              "--weights", hunan + "queen.csv", "--draws", "0", "--no-tests", "--json"))
    own = list(rows(document).values())
    say("10 coefficients against the program's", gap(fit.estimates, [r["estimate"] for r in own]), 1e-9)
    say("10 standard errors", gap(fit.errors, [r["std_error"] for r in own]), 1e-9)
    value, error = fit.effects()
    say("12 effects", gap(value, [r["estimate"] for r in document["effects"]]), 1e-9)
    say("12 errors of effects, by numerical derivatives", gap(error, [r["std_error"] for r in document["effects"]]), 1e-7)
    table = printed("table5.csv")
    say("printed coefficients that are not had, of 9",
        sum(not rounds(b, row["estimate"]) for b, row in zip(fit.estimates, table)), 0)
    say("printed errors that are not had but rho's, of 8",
        sum(not rounds(e, row["std_error"]) for e, row in zip(fit.errors, table) if row["term"] != "rho"), 0)

    print("\nThe largest standard error of rho that the likelihood's information allows, any X, b, theta, sigma2")
    print(f"{'':44}{'expected':>10}{'observed':>10}   (printed 0.196, here {fit.errors[8]:.5f})")
    for rho in (0.0435, 0.044, 0.0445):
        for unit, time, label in ((True, True, "units and years, Lee and Yu"), (False, False, "no transformation")):
            bounds = [f(W, rho, len(years), unit, time) ** -0.5 for f in (information_floor, observed_floor)]
            print(f"  rho = {rho:<7} {label:28}{bounds[0]:12.5f}{bounds[1]:10.5f}")

    # The bound, tried: other regressors and coefficients of any size, errors of any size; rho solved to 0.044.
    random = np.random.default_rng(20)
    worst = 0.0
    for _ in range(200):
        scale = 10.0 ** random.uniform(-4, 4, 4)
        xs = [random.normal(size=data["lnV"].shape) * s for s in scale[:2]]
        y = np.linalg.solve(np.eye(len(W)) - 0.044 * W, xs[0] * scale[2] + W @ xs[1] + random.normal(
            size=data["lnV"].shape) * scale[3])
        trial = spatial_ml(y, xs, W)
        worst = max(worst, trial.errors[-2] / information_floor(W, trial.rho, len(years)) ** -0.5)
    say("200 random panels: largest error of rho as a share of its bound, less 1", max(0.0, worst - 1), 1e-9)


def exact_dynamic():
    print("\nsimulate dynamic-panel --exact: the independent estimator on the panel")
    for seed, lag, steps in ((1, 0.5, 2), (2, 0.85, 2), (3, 0.5, 1)):
        text = run("simulate", "dynamic-panel", "--counties", "60", "--periods", "2014:2022", "--lag", str(lag),
                   "--coefficients", "P=0.2,C=-0.05", "--seed", str(seed), "--exact", "--estimate", f"--steps {steps}")
        _, _, data = read_panel(io.StringIO(text), "VPC")
        b, _ = system_gmm(data["V"], [data["P"], data["C"]], steps)
        say(f"{steps} step{'s' * (steps > 1)}, seed {seed}: lag(V), P, C against {lag}, 0.2, -0.05", gap(b[:3], [lag, 0.2, -0.05]), 1e-9)


def neighbours(path):
    """Four nearest of 60 random points: an asymmetric W."""
    points = np.random.default_rng(3).random((60, 2))
    distance = ((points[:, None] - points[None]) ** 2).sum(-1)
    with open(path, "w") as file:
        file.write("from,to,weight\n")
        for i in range(60):
            file.writelines(f"u{i},u{j},1\n" for j in np.argsort(distance[i])[1:5])


def exact_spatial(folder):
    print("\nsimulate sdm --exact: the independent ML on the panel")
    knn = folder + "/knn.csv"
    neighbours(knn)
    for label, path, rho in (("queen links of Hunan", hunan + "queen.csv", 0.3), ("4 nearest, asymmetric", knn, 0.4),
                             ("4 nearest, rho below zero", knn, -0.35)):
        text = run("simulate", "sdm", "--weights", path, f"--rho={rho}", "--coefficients", "P=0.2,C=-0.05",
                   "--durbin", "P=0.1,C=0", "--sd-error", "0.5", "--seed", "1", "--exact")
        units, _, data = read_panel(io.StringIO(text), "VPC")
        fit = spatial_ml(data["V"], [data["P"], data["C"]], read_weights(open(path), units))
        say(f"{label}: b, theta, rho, sigma2 as planted", gap(fit.estimates, [0.2, -0.05, 0.1, 0, rho, 0.25]), 1e-9)


def normal_p(z):
    return math.erfc(abs(z) / math.sqrt(2))


def wilson(k, n):
    p, z = k / n, Z95
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (p + z * z / (2 * n) - half) / (1 + z * z / n), (p + z * z / (2 * n) + half) / (1 + z * z / n)


def monte_carlo(label, words, truth, estimate, count=20):
    document = json.loads(run("simulate", *words, "--replications", str(count), "--stars", "0.05", "--json"))
    found = []
    for r in range(1, count + 1):
        found.append(estimate(run("simulate", *words, "--replication", str(r))))
    b, se = np.array([f[0] for f in found]), np.array([f[1] for f in found])
    own = rows(document, "monte_carlo")
    worst = dict.fromkeys(("bias", "sd", "rmse", "mean_std_error", "coverage", "coverage_low", "coverage_high",
                           "rejected_0.05"), 0.0)
    for k, (name, value) in enumerate(truth.items()):
        covered = np.abs(b[:, k] - value) <= Z95 * se[:, k]
        low, high = wilson(covered.sum(), count)
        here = {
            "bias": b[:, k].mean() - value, "sd": b[:, k].std(ddof=1),
            "rmse": math.sqrt(((b[:, k] - value) ** 2).mean()), "mean_std_error": se[:, k].mean(),
            "coverage": covered.mean(), "coverage_low": low, "coverage_high": high,
            "rejected_0.05": np.mean([normal_p(x / s) < 0.05 for x, s in zip(b[:, k], se[:, k])])}
        for key, number in here.items():
            if name != "sigma2" or key != "rejected_0.05":
                worst[key] = max(worst[key], abs(number - own[name][key]))
    for key, difference in worst.items():
        say(f"{label}: {key}", difference, 1e-8)


def main():
    print("What ruralvalue says beside what estimators.py, this script and numpy say; the largest difference.")
    version = subprocess.run([program, "--version"], capture_output=True, text=True).stdout.strip()
    print(f"{version}, numpy {np.__version__}, scipy {scipy.__version__}, mpmath {mpmath.__version__}")
    planted_table4()
    planted_table5()
    exact_dynamic()
    with tempfile.TemporaryDirectory() as folder:
        exact_spatial(folder)

    def gmm(text):
        _, _, data = read_panel(io.StringIO(text), "VPC")
        b, V = system_gmm(data["V"], [data["P"], data["C"]])
        return b[:3], np.sqrt(np.diag(V))[:3]

    def sdm(text):
        units, _, data = read_panel(io.StringIO(text), "VP")
        fit = spatial_ml(data["V"], [data["P"]], read_weights(open(hunan + "queen.csv"), units))
        return fit.estimates, fit.errors

    print("\nsimulate --replications 20: every panel drawn by --replication 1 to 20 and estimated here")
    monte_carlo("gmm", ["dynamic-panel", "--counties", "60", "--periods", "2014:2021", "--lag", "0.5",
                        "--coefficients", "P=0.1,C=-0.05", "--seed", "5"],
                {"lag(V, 1)": 0.5, "P": 0.1, "C": -0.05}, gmm)
    monte_carlo("sdm", ["sdm", "--weights", hunan + "queen.csv", "--rho", "0.3", "--coefficients", "P=0.1",
                        "--durbin", "P=0.05", "--seed", "5", "--periods", "2017:2022"],
                {"P": 0.1, "W*P": 0.05, "rho": 0.3, "sigma2": 1}, sdm)
    sys.exit(1 if failed else 0)


main()

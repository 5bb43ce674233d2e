"""How often the LR and Q tests of equal transitions over classes of the spatial lag, and over halves of the time, reject at 5 %
where they should: Hunan's 121 counties and queen links, 11 years, classes of pooled quantiles. numpy only.

Fields: y_it = a y_i,t-1 + e_it, e_t = (I - rho W)^-1 n_t; rho 0 is independent counties. With a > 0 and rho > 0 transitions do differ by the lag, for classes are coarse. Usage: python3 evolve_sizes.py DRAWS > evolve_sizes.txt"""
import csv, sys, numpy as np
here = __file__.rsplit("/", 1)[0]
root = sys.argv[2] if len(sys.argv) > 2 else here + "/../../.."
pairs = [tuple(r)[:2] for r in list(csv.reader(open(root + "/Fixtures/data/hunan/queen.csv")))[1:]]
ids = sorted({a for p in pairs for a in p}); at = {u: i for i, u in enumerate(ids)}; n = len(ids)
A = np.zeros((n, n))
for a, b in pairs: A[at[a], at[b]] = A[at[b], at[a]] = 1
W = A / A.sum(1, keepdims=True)
# 5 % points of chi-squared, by degrees of freedom, to skip scipy: Wilson-Hilferty is off by < .3 % here
def point(df): return df * (1 - 2 / (9 * df) + 1.6448536 * (2 / (9 * df)) ** 0.5) ** 3
def test(regimes):
    N = np.array(regimes, float); pooled = N.sum(0); lr = q = 0.0; df = 0
    for i in range(N.shape[1]):
        if pooled[i].sum() == 0: continue
        rows = N[:, i].sum(1); df += ((rows > 0).sum() - 1) * ((pooled[i] > 0).sum() - 1); p = pooled[i] / pooled[i].sum()
        for m in range(N.shape[0]):
            if rows[m] == 0: continue
            e = rows[m] * p; ok = p > 0; q += ((N[m, i] - e)[ok] ** 2 / e[ok]).sum(); o = N[m, i] > 0
            lr += 2 * (N[m, i][o] * np.log(N[m, i][o] / e[o])).sum()
    return lr, q, df
def classes(x, k): return np.searchsorted(np.quantile(x, np.arange(1, k) / k), x, side="left")
def counts(c, k, keep): return np.bincount(c[:, :-1][keep] * k + c[:, 1:][keep], minlength=k * k).reshape(k, k)
draws = int(sys.argv[1]); rng = np.random.default_rng(18); T = 11
print("a    rho  k  lag:LR  lag:Q  time:LR  time:Q   (per cent of", draws, "draws)")
for a in (0.0, 0.8):
    for rho in (0.0, 0.4, 0.8):
        S = np.linalg.inv(np.eye(n) - rho * W)
        for k in (3, 4, 5):
            hits = np.zeros(4); done = 0
            for _ in range(draws):
                y = np.zeros((n, T)); v = S @ rng.standard_normal(n) / (1 - a * a) ** 0.5
                for t in range(T):
                    y[:, t] = v; v = a * v + S @ rng.standard_normal(n)
                c = classes(y, k); l = classes(W @ y, k); ks = [counts(c, k, l[:, :-1] == m) for m in range(k)]
                lr, q, df = test(ks); early = np.zeros((n, T - 1), bool); early[:, :5] = True
                lr2, q2, df2 = test([counts(c, k, early), counts(c, k, ~early)])
                hits += [lr > point(df), q > point(df), lr2 > point(df2), q2 > point(df2)]
            print(f"{a:<4} {rho:<4} {k}  " + "  ".join(f"{100 * h / draws:6.1f}" for h in hits), flush=True)
# Absolute beta over ten periods, HC1: random walks in space whose gaps never close; a share of the first period's variance is
# scatter that has passed by the last.
print("beta: scatter  rho  differs from zero  below zero   (per cent of", draws, "draws)")
def hc1(x, y):
    x = x - x.mean(); b = (x @ y) / (x @ x); e = y - y.mean() - b * x
    return b / (np.sqrt(n / (n - 2) * ((x * e) @ (x * e))) / (x @ x))
rng = np.random.default_rng(18)
for scatter in (0, 0.05, 0.1, 0.2):
    for rho in (0.0, 0.3, 0.6, 0.8):
        S = np.linalg.inv(np.eye(n) - rho * W); both = below = 0
        for _ in range(draws):
            first = S @ rng.standard_normal(n); growth = 0.316 * S @ rng.standard_normal(n)
            passing = scatter ** 0.5 * first.std() * rng.standard_normal((2, n))
            t = hc1(first + passing[0], (growth + passing[1] - passing[0]) / 10); both += abs(t) > 1.9801; below += t < -1.9801
        print(f"beta: {scatter:<8} {rho:<4} {100 * both / draws:6.1f} {100 * below / draws:6.1f}", flush=True)

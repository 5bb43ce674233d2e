"""Dense textbook estimators in numpy, written for this check and sharing no code with ruralvalue.

`system_gmm`: two-step system GMM with Windmeijer's covariance, every matrix formed in full.
`spatial_ml`: maximum likelihood of a spatial Durbin model with unit and year effects, as Lee and Yu (2010) transform
it: the data are multiplied by explicit orthonormal bases F of the complements of the vectors of ones.
"""
import csv

import mpmath
import numpy as np
from scipy.linalg import helmert
from scipy.optimize import brentq


def read_panel(text, names, number=float):
    rows = list(csv.DictReader(text))
    units = list(dict.fromkeys(r["code"] for r in rows))
    years = sorted({int(r["year"]) for r in rows})
    place = {(r["code"], int(r["year"])): r for r in rows}
    assert len(place) == len(rows) == len(units) * len(years), "not balanced"
    return units, years, {n: np.array([[number(place[u, t][n]) for t in years] for u in units]) for n in names}


def read_weights(lines, units):
    """The links of a list, each once or both ways, row-standardised."""
    rows = [line.strip().split(",") for line in lines][1:]
    pairs = {(a, b) for a, b, *_ in rows}
    both = all((b, a) in pairs for a, b in pairs) or any(len(r) > 2 for r in rows)
    W = np.zeros((len(units),) * 2)
    for a, b, *value in rows:
        weight = float(value[0]) if value else 1.0
        W[units.index(a), units.index(b)] = weight
        if not both:
            W[units.index(b), units.index(a)] = weight
    return W / W.sum(1, keepdims=True)


def inverse(A):
    """The inverse; of numbers of many digits with as many."""
    if A.dtype != object:
        return np.linalg.inv(A)
    return np.array((mpmath.matrix(A.tolist()) ** -1).tolist(), dtype=object).reshape(A.shape)


def system_gmm(y, xs, steps=2):
    """y and each of xs are units × periods, of floats or of mpmath numbers; y's lags 2 and deeper, collapsed, all else its own instrument.

    Coefficients: lag(y), xs, year dummies of periods 3 to T, constant.
    """
    N, T = y.shape
    ones, zeros = np.ones(T), np.zeros(T)
    dummies = [np.eye(T)[t] for t in range(2, T)]
    D = np.zeros((T, T))
    for t in range(2, T):
        D[t, t - 1], D[t, t] = -1, 1
    level = np.diag([0.0] + [1.0] * (T - 1))
    H = np.vstack([D, level]) @ np.vstack([D, level]).T
    stacked = []
    for i in range(N):
        lagged = np.r_[0, y[i, :-1]]
        own = np.column_stack([x[i] for x in xs] + dummies)
        regressors = np.column_stack([lagged, own, ones])
        # The transformed rows start in period 3: lag(y) is there from period 2 on.
        X = np.vstack([D @ regressors, level @ regressors])
        Y = np.r_[D @ y[i], level @ y[i]]
        columns = []
        for lag in range(2, T):
            z = np.array([y[i, t - lag] if t >= 2 and t - lag >= 0 else 0.0 for t in range(T)])
            columns.append(np.r_[z, zeros])
        columns.append(np.r_[zeros, [y[i, t - 1] - y[i, t - 2] if t >= 2 else 0.0 for t in range(T)]])
        Z = np.column_stack(
            columns + [np.r_[D @ c, level @ c] for c in own.T] + [np.r_[zeros, level @ ones]])
        stacked.append((Y, X, Z))
    total = lambda f: sum(f(*s) for s in stacked)
    ZX, Zy = total(lambda Y, X, Z: Z.T @ X), total(lambda Y, X, Z: Z.T @ Y)
    A1 = inverse(total(lambda Y, X, Z: Z.T @ H @ Z))
    V1 = inverse(ZX.T @ A1 @ ZX)
    b1 = V1 @ ZX.T @ A1 @ Zy
    S = total(lambda Y, X, Z: np.outer(Z.T @ (Y - X @ b1), Z.T @ (Y - X @ b1)))
    V1r = V1 @ ZX.T @ A1 @ S @ A1 @ ZX @ V1
    if steps == 1:
        return b1, V1r
    A2 = inverse(S)
    V2 = inverse(ZX.T @ A2 @ ZX)
    b2 = V2 @ ZX.T @ A2 @ Zy
    g = A2 @ total(lambda Y, X, Z: Z.T @ (Y - X @ b2))
    # Windmeijer (2005): the derivative of b2 by b1, through the weight matrix, one column a coefficient.
    derivative = np.column_stack([
        V2 @ ZX.T @ A2 @ total(
            lambda Y, X, Z: np.outer(Z.T @ X[:, j], Z.T @ (Y - X @ b1)) + np.outer(Z.T @ (Y - X @ b1), Z.T @ X[:, j])
        ) @ g for j in range(len(b2))])
    V = V2 + derivative @ V1r @ derivative.T + derivative @ V2 + V2 @ derivative.T
    return b2, (V + V.T) / 2


class SpatialFit:
    """b, theta, rho and sigma2 with their covariance by the inverse of the expected information."""

    def __init__(self, b, rho, s2, V, floor, k, W):
        self.b, self.rho, self.s2, self.V, self.floor, self.k, self.W = b, rho, s2, V, floor, k, W

    @property
    def estimates(self):
        return np.r_[self.b, self.rho, self.s2]

    @property
    def errors(self):
        return np.sqrt(np.diag(self.V))

    def effects(self):
        """Direct and total effects by the full matrix (I − ρW)⁻¹(b + Wθ), errors by numerical derivatives."""
        N, k = len(self.W), self.k

        def parts(p):
            S = np.linalg.inv(np.eye(N) - p[2 * k] * self.W)
            full = [S @ (p[j] * np.eye(N) + p[k + j] * self.W) for j in range(k)]
            direct = np.array([np.trace(m) / N for m in full])
            total = np.array([m.sum() / N for m in full])
            return np.r_[direct, total - direct, total]

        p = self.estimates
        J = np.column_stack([
            (parts(p + h) - parts(p - h)) / 2e-6 for h in 1e-6 * np.eye(len(p))])
        return parts(p), np.sqrt(np.diag(J @ self.V @ J.T))


def spatial_ml(y, xs, W, unit=True, time=True):
    N, T = y.shape
    F = helmert(N).T if time else np.eye(N)  # N × (N − 1), columns orthonormal and orthogonal to 1
    G_ = helmert(T).T if unit else np.eye(T)
    Wf = F.T @ W @ F
    n, t = Wf.shape[0], G_.shape[1]
    shrink = lambda x: F.T @ x @ G_
    ys, Z = shrink(y), [shrink(x) for x in xs] + [shrink(W @ x) for x in xs]
    Wy = Wf @ ys
    Zm = np.column_stack([z.ravel() for z in Z])
    project = lambda v: np.linalg.lstsq(Zm, v, rcond=None)[0]
    e0, e1 = ys.ravel() - Zm @ project(ys.ravel()), Wy.ravel() - Zm @ project(Wy.ravel())

    def score(r):
        e = e0 - r * e1
        G = Wf @ np.linalg.inv(np.eye(n) - r * Wf)
        return n * t * (e @ e1) / (e @ e) - t * np.trace(G)

    grid = np.linspace(-0.95, 0.98, 80)
    values = [score(r) for r in grid]
    signs = [i for i in range(len(grid) - 1) if values[i] > 0 >= values[i + 1]]
    assert len(signs) == 1, "not one maximum"
    rho = brentq(score, grid[signs[0]], grid[signs[0] + 1], xtol=1e-15, rtol=1e-14)
    b = project(ys.ravel() - rho * Wy.ravel())
    e = e0 - rho * e1
    s2 = e @ e / (n * t)
    G = Wf @ np.linalg.inv(np.eye(n) - rho * Wf)
    GZb = (G @ (Zm @ b).reshape(n, t)).ravel()
    p = len(b)
    I = np.zeros((p + 2, p + 2))
    I[:p, :p] = Zm.T @ Zm / s2
    I[:p, p] = I[p, :p] = Zm.T @ GZb / s2
    I[p, p] = GZb @ GZb / s2 + t * (np.trace(G @ G) + np.trace(G.T @ G))
    I[p, p + 1] = I[p + 1, p] = t * np.trace(G) / s2
    I[p + 1, p + 1] = n * t / (2 * s2**2)
    scale = 1 / np.sqrt(np.diag(I))
    V = np.linalg.inv(I * np.outer(scale, scale)) * np.outer(scale, scale)
    return SpatialFit(b, rho, s2, V, information_floor(W, rho, T, unit, time), len(xs), W)


def information_floor(W, rho, T, unit=True, time=True):
    """What is left of the expected information about rho, whatever X, b, theta and sigma2 are.

    The Schur complement of (b, s2) is (GZb)'M(GZb)/s2 + t[tr G² + tr G'G − 2(tr G)²/n] with M = I − Z(Z'Z)⁻¹Z'.
    M is positive semidefinite, so that the first part is never negative; the second has no data in it but rho.
    """
    N = len(W)
    F = helmert(N).T if time else np.eye(N)
    Wf = F.T @ W @ F
    n, t = Wf.shape[0], T - 1 if unit else T
    G = Wf @ np.linalg.inv(np.eye(n) - rho * Wf)
    return t * (np.trace(G @ G) + np.trace(G.T @ G) - 2 * np.trace(G) ** 2 / n)


def observed_floor(W, rho, T, unit=True, time=True):
    """The same for the observed information at the maximum.

    There e'Wy = s2 t tr G, and by Cauchy and Schwarz (MWy)'(MWy) ≥ (e'Wy)²/e'e: what is left is at least
    t[tr G² − (tr G)²/n].
    """
    N = len(W)
    F = helmert(N).T if time else np.eye(N)
    Wf = F.T @ W @ F
    n, t = Wf.shape[0], T - 1 if unit else T
    G = Wf @ np.linalg.inv(np.eye(n) - rho * Wf)
    return t * (np.trace(G @ G) - np.trace(G) ** 2 / n)

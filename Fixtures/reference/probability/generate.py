"""Reference values for the tails of the normal, t, chi-squared and F distributions.

Run:  python3 generate.py > tails.csv

Every argument is an exact double; every value is computed with 60 digits and rounded to 17. The
continued fractions below are not those of the Swift code (DLMF 8.9.2 and 8.17.22); `check` holds them
to mpmath's own gammainc, betainc and quad before anything is printed.
"""

import mpmath
from mpmath import mp, mpf, exp, log, loggamma, log1p, expm1, erfc, sqrt, pi, gammainc, betainc, quad

mp.dps = 60
LEVELS = ["0.5", "0.1", "0.01", "1e-4", "1e-10", "1e-30", "1e-100", "1e-300"]
LOG_LEVELS = [log(mpf(level)) for level in LEVELS] + [mpf(-5000), mpf(-1000000)]


def complement(value):
    """log(1 - exp(value)) for value < 0."""
    return log1p(-exp(value)) if value < -1 else log(-expm1(value))


def lentz(first, terms):
    """first + a1/(b1 + a2/(b2 + ...)) by the modified Lentz method."""
    tiny = mpf(10) ** -500
    f = first if first != 0 else tiny
    c, d = f, mpf(0)
    for a, b in terms:
        d = 1 / (b + a * d)
        c = b + a / c
        f *= c * d
        if abs(c * d - 1) < mpf(10) ** (2 - mp.dps):
            return f
    raise ArithmeticError("no convergence")


def gamma_tails(a, x):
    """log P, log Q, log(x p(x)) of the gamma distribution with shape a."""
    kernel = a * log(x) - x - loggamma(a)
    if x < a + 1:
        term, total, n = 1 / a, 1 / a, mpf(0)
        while term > total * mpf(10) ** (-mp.dps):
            n += 1
            term *= x / (a + n)
            total += term
        lower = kernel + log(total)
        return lower, complement(lower), kernel

    def terms():
        n = 0
        while True:
            n += 1
            yield -n * (n - a), x + 2 * n + 1 - a

    upper = kernel - log(lentz(x + 1 - a, terms()))
    return complement(upper), upper, kernel


def beta_side(a, b, x, kernel):
    """log I_x(a, b) by DLMF 8.17.22, for x below (a + 1) / (a + b + 2)."""

    def terms():
        m = 0
        while True:
            yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), mpf(1)
            m += 1
            yield m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), mpf(1)

    return kernel - log(a) - log(lentz(mpf(1), terms()))


def f_tails(a, b, f):
    """log lower, log upper, log(f p(f)) of the F distribution with 2a and 2b degrees of freedom."""
    x, y = a * f / (a * f + b), b / (a * f + b)
    kernel = a * log(x) + b * log(y) - loggamma(a) - loggamma(b) + loggamma(a + b)
    if x < (a + 1) / (a + b + 2):
        lower = beta_side(a, b, x, kernel)
        return lower, complement(lower), kernel
    upper = beta_side(b, a, y, kernel)
    return complement(upper), upper, kernel


def solve(tails, side, target):
    """log x with log-tail = target, by Newton's method in log x; None where it leaves the doubles."""
    u = mpf(0)
    for _ in range(400):
        try:
            value = tails(exp(u))
        except ArithmeticError:
            return None
        tail = value[side]
        step = (target - tail) / exp(value[2] - tail) * (1 if side == 0 else -1)
        step = max(min(step, 3 + abs(u)), -3 - abs(u)) if abs(step) > 1e-12 else step
        u += step
        if abs(step) < 1e-9:
            break
        if abs(u) > 5000:
            return None
    return u


def points(tails):
    """The doubles x near the wanted levels of both tails."""
    precision, mp.dps = mp.dps, 20
    found = set()
    for side in (0, 1):
        for target in LOG_LEVELS:
            u = solve(tails, side, target)
            if u is not None and abs(u) < 600:
                found.add(float(exp(u)))
    mp.dps = precision
    return sorted(found)


def digits(value):
    return mp.nstr(value, 17) if value > mpf("1e-307") or value < 0 else "0"


def row(name, d1, d2, x, lower, upper, density):
    print(",".join([name, d1, d2, repr(x), digits(exp(lower)), digits(exp(upper)), mp.nstr(lower, 17),
                    mp.nstr(upper, 17), mp.nstr(density, 17)]))


def chi_squared(df):
    a = mpf(float(df)) / 2
    for x in points(lambda y: gamma_tails(a, y / 2)):
        lower, upper, kernel = gamma_tails(a, mpf(x) / 2)
        row("chi-squared", df, "", x, lower, upper, kernel - log(mpf(x)))


def f_distribution(d1, d2):
    a, b = mpf(float(d1)) / 2, mpf(float(d2)) / 2
    for x in points(lambda f: f_tails(a, b, f)):
        lower, upper, kernel = f_tails(a, b, mpf(x))
        row("f", d1, d2, x, lower, upper, kernel - log(mpf(x)))


def student(df):
    b = mpf(float(df)) / 2
    half = mpf(1) / 2
    for x in points(lambda t: f_tails(half, b, t * t)):
        _, upper, kernel = f_tails(half, b, mpf(x) ** 2)
        row("t", df, "", x, log1p(-exp(upper) / 2), upper + log(half), kernel - log(mpf(x)))


def normal():
    for x in ["1e-12", "0.001", "0.3", "1", "1.95996398454005405", "2.7", "2.9", "5", "6.3", "8.2", "12", "20",
              "30", "37", "37.5", "60", "100", "1000", "1414"]:
        x = float(x)
        upper = log(erfc(mpf(x) / sqrt(mpf(2))) / 2)
        row("normal", "", "", x, log1p(-exp(upper)), upper, -mpf(x) ** 2 / 2 - log(2 * pi) / 2)


def check():
    def agree(ours, theirs, what):
        assert abs(ours / theirs - 1) < mpf(10) ** -40, (what, ours, theirs)

    for a, x in [("0.05", "0.3"), ("0.5", "4"), ("7.25", "3"), ("40", "90"), ("500", "480")]:
        lower, upper, _ = gamma_tails(mpf(a), mpf(x))
        agree(exp(lower), gammainc(mpf(a), 0, mpf(x), regularized=True), ("P", a, x))
        agree(exp(upper), gammainc(mpf(a), mpf(x), mp.inf, regularized=True), ("Q", a, x))
    for a, b, f in [("0.05", "0.05", "3"), ("0.5", "6", "2"), ("10", "0.75", "0.4"), ("50", "60", "1.5")]:
        a, b, f = mpf(a), mpf(b), mpf(f)
        lower, upper, _ = f_tails(a, b, f)
        agree(exp(lower), betainc(a, b, 0, a * f / (a * f + b), regularized=True), ("I", a, b, f))
        agree(exp(upper), betainc(b, a, 0, b / (a * f + b), regularized=True), ("J", a, b, f))
    a, b, f = mpf(3), mpf(4), mpf(9)
    density = lambda v: exp(f_tails(a, b, v)[2]) / v
    agree(exp(f_tails(a, b, f)[1]), quad(density, [f, 20, 50, 100, 1000, mp.inf]), "quad")


def main():
    check()
    print(f"# python3 generate.py; mpmath {mpmath.__version__}")
    print("distribution,d1,d2,x,lower,upper,logLower,logUpper,logDensity")
    normal()
    for df in ["0.002", "0.1", "0.5", "1", "2", "3.5", "7", "30", "101", "1000", "19990", "20010", "30000", "1e6", "1e9"]:
        chi_squared(df)
    for df in ["0.1", "0.5", "1", "2", "3", "4.7", "10", "30", "100", "1000", "1e5", "1e6", "1e9", "1e12"]:
        student(df)
    for d1, d2 in [("0.002", "10"), ("0.1", "0.1"), ("0.1", "10"), ("10", "0.1"), ("1", "1"), ("1", "5"), ("2", "7"),
                   ("3.5", "12.25"), ("5", "200"), ("200", "1.5"), ("1.5", "200"), ("12", "1e6"),
                   ("1e6", "12"), ("100", "100"), ("1000", "1000"), ("1e4", "3e4"), ("1e6", "0.1"),
                   ("0.1", "1e6"), ("3", "1e9"), ("1e6", "1e6")]:
        f_distribution(d1, d2)


main()

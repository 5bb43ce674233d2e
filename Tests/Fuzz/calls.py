"""Changes to the words of a call, and what is done to a seed to make one run of it."""

import random
import re

from case import Case
from mutation import HARD_NUMBERS, ODD_TEXTS, mutate
from program import EFFORT, Option, Program

FORMATS = ["csv", "md", "tex", "html", "json", "docx", "csv,md,tex,html,json", "svg", "csv,,", "xls", "CSV"]
SCALARS = ["0", "1", "2", "3", "5", "0.5", "0.1,0.05", "1:3", "2012:2022", ":2015", "2020:", "2022:2012", "a", "all"]
ODD_WORDS = ["-", "--", "", " ", "-h", "--help", "--version", "help", "-1", "--out", "--json", "--lang", "-o", "=", "--=", "--out=", "none"]
PIECES = [
    "lag({a})", "lag({a}, 2)", "lag({a}, 0:2)", "lag({a}, {n})", "lag({a}, 1:{n})", "diff({a})", "log({a})", "center({a})",
    "scale({a})", "I({a}/{b})", "I({a}^2)", "I({a}+{b}*{n})", "factor({a})", "{a}:{b}", "{a}*{b}", "{a}^2", "{a}^{n}",
    "- {a}", "{n}", "0", "`{a}`", "({a} + {b})", "({a} + {b})^2", "lag(log({a}))", "log(lag({a}))", "{a}*{b}*{a}", "1",
    "{a} %in% {b}", "{a}:{a}", "lag(lag({a}))", "I(1/0)", "I(log({a}))", "{a}|{b}", "{a} ~ {b}", "lag({a}", "({a}", "{a})",
    "I(1e308*{a})", "I(" + "(" * 300 + "{a}" + ")" * 300 + ")", "lag({a}, -1)", "W*{a}", "factor(lag({a}))", "{a}/{b}",
]


class Mutator:
    """Makes run K of seed S: one of a verb's seeds, changed a few times."""

    def __init__(self, program: Program, seeds: dict[str, list[Case]], seed: int):
        self.program, self.seeds, self.seed = program, seeds, seed
        self.bytes = [data for cases in seeds.values() for case in cases for data in case.files.values()]

    def run(self, number: int, verbs: list[str]) -> Case:
        """The same case for the same number, whatever ran before it."""
        rng = random.Random(f"{self.seed}/{number}")
        case = rng.choice(self.seeds[rng.choice(verbs)])
        where = rng.choice(["files", "files", "files", "words", "both"]) if case.files else "words"
        for _ in range(min(8, 1 + int(rng.expovariate(1)))):
            if case.files and (where == "files" or (where == "both" and rng.random() < 0.5)):
                name = rng.choice(sorted(case.files))
                data = mutate(rng, name, case.files[name], self.bytes)
                case = case.with_file(name, inside(data) if name.endswith(".json") else data)
            else:
                case = case.with_words(self.words(rng, case))
        return case.with_words(map(safe, case.words))

    def words(self, rng: random.Random, case: Case) -> list[str]:
        """The call with one change to its words."""
        words = list(case.words)
        verb = words[0] if words else ""
        names = [k for k, word in enumerate(words) if word.startswith("--") and k]
        values = [k for k in names if k + 1 < len(words) and self.program.takes_value(verb, words[k])]
        kind = rng.randrange(12)
        if kind <= 2:
            pool = self.program.options.get(verb) if rng.random() < 0.92 else None
            option = rng.choice(pool or self.program.every_option)
            words += [option.name] + ([self.value(rng, case, option)] if option.takes_value else [])
        elif kind <= 6 and values:
            at = rng.choice(values)
            option = next(o for o in self.program.options[verb] if o.name == words[at])
            words[at + 1] = self.value(rng, case, option) if rng.random() < 0.6 else self.spoil(rng, case, words[at + 1])
        elif kind == 7 and names:
            at = rng.choice(names)
            del words[at : at + (2 if at in values and rng.random() < 0.8 else 1)]
        elif kind == 8 and names:
            at = rng.choice(names)
            pair = words[at : at + 2]
            words[at : at + 2] = rng.choice([pair * 2, pair[:1], ["=".join(pair)]])
        elif kind == 9 and len(words) > 2:
            one, two = rng.randrange(1, len(words)), rng.randrange(1, len(words))
            words[one], words[two] = words[two], words[one]
        elif kind == 10:
            at = rng.randrange(len(words) + 1)
            words.insert(at, rng.choice(ODD_WORDS + sorted(case.files)))
        elif words:
            at = rng.randrange(len(words))
            words[at] = self.spoil(rng, case, words[at])
        return words

    def spoil(self, rng: random.Random, case: Case, word: str) -> str:
        """A word with some characters changed, or one of its numbers or names."""
        kind = rng.randrange(5)
        at = rng.randrange(len(word) + 1)
        if kind == 0:
            return word[:at] + rng.choice(ODD_TEXTS) + word[at:]
        if kind == 1:
            return word[:at] + word[at + 1 :]
        if kind == 2:
            return word[:at] + word[: rng.randrange(len(word) + 1)] + word[at:]
        if kind == 3:
            return re.sub(r"\d+(\.\d+)?", lambda m: rng.choice(HARD_NUMBERS) if rng.random() < 0.5 else m[0], word)
        return re.sub(r"\w+", lambda m: self.column(rng, case) if rng.random() < 0.3 else m[0], word)

    def value(self, rng: random.Random, case: Case, option: Option) -> str:
        """Something for an option: more often what its placeholder asks for than not."""
        chance = rng.random()
        if chance < 0.05:
            return rng.choice(ODD_TEXTS + sorted(case.files))
        if option.choices and chance < 0.85:
            return rng.choice(option.choices).split("[")[0].replace(":K", ":3").replace(":KM", ":15")
        if option.name == "--out":
            return rng.choice(["out", "o/p/q", "results", "m.svg", "w.csv", "w.gal", "w.gwt", "-", ".", *sorted(case.files)])
        if option.name == "--format":
            return rng.choice(FORMATS)
        if option.name in EFFORT and chance < 0.9:
            return rng.choice(["0", "1", "2", "19", "2:4", "2018:2020"])
        if re.search(r"FILE|\.csv|^W|TABLE|DIR", option.placeholder) and case.files:
            return ",".join(rng.choices(sorted(case.files), k=rng.choice([1, 1, 1, 2])))
        if option.name == "--formula":
            return self.formula(rng, case)
        if re.search(r"VAR|COL|LIST|PROP|[A-Z],|^[XYFV]$|EXPR|NAME", option.placeholder) and chance < 0.75:
            joined = rng.choice([",", ",", "+", ":", "="]).join(self.column(rng, case) for _ in range(rng.choice([1, 1, 2, 3])))
            return joined + rng.choice(["", "", "", ";window=3", ",2:4", ";collapse", ";as=z", ";steps=" + rng.choice(HARD_NUMBERS), ";in-place", ";within=year", "=1", ">=0"])
        return rng.choice(rng.choice([SCALARS, SCALARS, HARD_NUMBERS]))

    def column(self, rng: random.Random, case: Case) -> str:
        """A name from the first line of one of the call's tables."""
        tables = [data for name, data in sorted(case.files.items()) if name.endswith(".csv") and data]
        if not tables or rng.random() < 0.05:
            return rng.choice(["V", "P", "x", "all", "code", "year", "lag(V)", "P:C", "(Intercept)", "rho", "none"])
        cells = rng.choice(tables).split(b"\n", 1)[0][:400].split(b",")
        return rng.choice(cells).decode("utf-8", "surrogateescape").strip()

    def formula(self, rng: random.Random, case: Case) -> str:
        """A formula of the grammar, and sometimes of none."""
        def piece() -> str:
            number = rng.choice(["1", "2", "3", "0", rng.choice(HARD_NUMBERS)])
            return rng.choice(PIECES).format(a=self.column(rng, case), b=self.column(rng, case), n=number)
        sides = [piece() if rng.random() < 0.3 else self.column(rng, case), rng.choice([" + ", " + ", "*", " - "]).join(
            piece() if rng.random() < 0.6 else self.column(rng, case) for _ in range(rng.randint(1, 5)))]
        return rng.choice([" ~ ", " ~ ", " ~ ", "~", " "]).join(sides)


def safe(word: str) -> str:
    """The word without a way out of the folder of the run, and as the system can pass it."""
    word = word.replace("\0", "").replace("..", ".")
    return re.sub(r"(^|[=,;])/+", r"\1", word)


def inside(study: bytes) -> bytes:
    """A study file that names nothing outside its folder."""
    return study.replace(b"../", b"./").replace(b'"/', b'"').replace(b"'/", b"'")

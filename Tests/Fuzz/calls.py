"""Changes to the words of a call, and what is done to a seed to make one run of it."""

import os
import random
import re

from case import Case
from hard import (
    FORMATS, HARD_NUMBERS, NAMES, ODD_TEXTS, ODD_WORDS, OUTPUTS, SCALARS, SETTINGS, TERMS)
from mutation import mutate
from program import EFFORT, Option, Program


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
        if case.files and rng.random() < 0.04:
            case = elsewhere(rng, case)
        return case.with_words(map(safe, case.words))

    def words(self, rng: random.Random, case: Case) -> list[str]:
        """The call with one change to its words."""
        words = list(case.words)
        verb = words[0] if words else ""
        names = [k for k, word in enumerate(words) if k and word.startswith("--")]
        values = [k for k in names if k + 1 < len(words) and self.program.takes_value(verb, words[k])]
        kind = rng.randrange(12)
        if kind <= 2:
            own = self.program.options.get(verb) if rng.random() < 0.92 else None
            option = rng.choice(own or self.program.every_option)
            words += [option.name] + ([self.value(rng, case, option)] if option.takes_value else [])
        elif kind <= 6 and values:
            at = rng.choice(values)
            option = next(option for option in self.program.options[verb] if option.name == words[at])
            is_new = rng.random() < 0.6
            words[at + 1] = self.value(rng, case, option) if is_new else self.spoil(rng, case, words[at + 1])
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
            words.insert(rng.randrange(len(words) + 1), rng.choice(ODD_WORDS + sorted(case.files)))
        elif words:
            at = rng.randrange(len(words))
            words[at] = self.spoil(rng, case, words[at])
        return words

    def spoil(self, rng: random.Random, case: Case, word: str) -> str:
        """A word with some characters changed, or one of its numbers or names."""
        at = rng.randrange(len(word) + 1)
        return rng.choice([
            lambda: word[:at] + rng.choice(ODD_TEXTS) + word[at:],
            lambda: word[:at] + word[at + 1 :],
            lambda: word[:at] + word[: rng.randrange(len(word) + 1)] + word[at:],
            lambda: re.sub(r"\d+(\.\d+)?", lambda m: rng.choice([m[0], rng.choice(HARD_NUMBERS)]), word),
            lambda: re.sub(r"\w+", lambda m: rng.choice([m[0], m[0], self.column(rng, case)]), word),
        ])()

    def value(self, rng: random.Random, case: Case, option: Option) -> str:
        """Something for an option: more often what its placeholder asks for than not."""
        chance, asked = rng.random(), option.placeholder
        if chance < 0.05:
            return rng.choice(ODD_TEXTS + sorted(case.files))
        if option.choices and chance < 0.85:
            return rng.choice(option.choices).split("[")[0].replace(":KM", ":15").replace(":K", ":3")
        if option.name == "--out":
            return rng.choice(OUTPUTS + sorted(case.files))
        if option.name == "--format":
            return rng.choice(FORMATS)
        if option.name in EFFORT and chance < 0.9:
            return rng.choice(["0", "1", "2", "19", "2:4", "2018:2020"])
        if re.search(r"FILE|\.csv|^W|TABLE|DIR", asked) and case.files:
            return ",".join(rng.choices(sorted(case.files), k=rng.choice([1, 1, 1, 2])))
        if option.name == "--formula":
            return self.formula(rng, case)
        if re.search(r"VAR|COL|LIST|PROP|[A-Z],|^[XYFV]$|EXPR|NAME", asked) and chance < 0.75:
            columns = [self.column(rng, case) for _ in range(rng.choice([1, 1, 2, 3]))]
            return rng.choice([",", ",", "+", ":", "="]).join(columns) + rng.choice(SETTINGS)
        return rng.choice(rng.choice([SCALARS, SCALARS, HARD_NUMBERS]))

    def column(self, rng: random.Random, case: Case) -> str:
        """A name from the first line of one of the call's tables."""
        tables = [data for name, data in sorted(case.files.items()) if name.endswith(".csv") and data]
        if not tables or rng.random() < 0.05:
            return rng.choice(NAMES)
        cells = rng.choice(tables).split(b"\n", 1)[0][:400].split(b",")
        return os.fsdecode(rng.choice(cells)).strip()

    def formula(self, rng: random.Random, case: Case) -> str:
        """A formula of the grammar, and sometimes of none."""
        def term(share: float) -> str:
            if rng.random() > share:
                return self.column(rng, case)
            number = rng.choice(["0", "1", "2", "3", rng.choice(HARD_NUMBERS)])
            return rng.choice(TERMS).format(a=self.column(rng, case), b=self.column(rng, case), n=number)

        right = rng.choice([" + ", " + ", "*", " - "]).join(term(0.6) for _ in range(rng.randint(1, 5)))
        return rng.choice([" ~ ", " ~ ", " ~ ", "~", " "]).join([term(0.3), right])


def elsewhere(rng: random.Random, case: Case) -> Case:
    """The same file as standard input, or under a name that is Chinese, no UTF-8, or begins with a dash."""
    name = rng.choice(sorted(case.files))
    if name not in case.words:
        return case
    if rng.random() < 0.4:
        word, case = rng.choice(["-", "/dev/stdin"]), Case(case.words, case.files, name)
    else:
        word = rng.choice(["县.csv", os.fsdecode("县域.csv".encode("gbk")), "-x.csv", "a b;c=d.csv", "e\u0301.csv"])
        case = case.without_file(name).with_file(word, case.files[name])
    return case.with_words(word if old == name else old for old in case.words)


def safe(word: str) -> str:
    """The word without a way out of the folder of the run, and as the system can pass it."""
    word = word.replace("\0", "").replace("..", ".")
    return word if word == "/dev/stdin" else re.sub(r"(^|[=,;])/+", r"\1", word)


def inside(study: bytes) -> bytes:
    """A study file that names nothing outside its folder."""
    return study.replace(b"../", b"./").replace(b'"/', b'"').replace(b"'/", b"'")

"""Where fuzzing begins: calls that work, from the pages of help, the golden cases, the README and `seeds`."""

import re
import shlex
from pathlib import Path

from case import Case
from program import Program

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SEEDS = HERE / "seeds"
#: A call that reads more than this takes too long to be made thousands of times.
LARGEST = 24_000


def calls_in(line: str) -> list[list[str]]:
    """The words of each `ruralvalue` in a line of shell, without what is piped or redirected."""
    shell = shlex.shlex(line, posix=True, punctuation_chars="|>&")
    shell.whitespace_split = True
    calls: list[list[str]] = []
    is_call = False
    for word in shell:
        if word == "ruralvalue":
            calls.append([])
            is_call = True
        elif word in ("|", ">", "&&"):
            is_call = False
        elif is_call:
            calls[-1].append(word)
    return calls


def file_names(word: str) -> list[str]:
    """What could be a path in a word such as `FILE.csv;columns=a`, `--with=FILE` or `A.csv,B.gal`."""
    return [part for part in [word, *re.split(r"[,;=]", word)] if part and not part.startswith("-")]


def place(path: str) -> Path | None:
    """The file that a call means: among the seeds, else in the repository."""
    for folder in (SEEDS, ROOT):
        if not path.startswith("/") and ".." not in path and (folder / path).is_file():
            return folder / path
    return None


def study_files(name: str, source: Path, files: dict[str, bytes]) -> None:
    """Adds a study file with those that it names, all in one folder."""
    text = source.read_text()
    folder = str(Path(name).parent)
    for quoted in re.findall(r'"([^"\n]+)"', text):
        target = source.parent / quoted
        if re.search(r"\.(csv|geojson|gal|gwt|txt)$", quoted) and target.is_file():
            files[str(Path(folder) / target.name)] = target.read_bytes()
            text = text.replace(f'"{quoted}"', f'"{target.name}"')
    files[name] = text.encode()


def seed(words: list[str]) -> Case | None:
    """A call with its files under short names; nothing where a file is too large or is not there."""
    files: dict[str, bytes] = {}
    placed = []
    for word in words:
        for name in file_names(word):
            source = place(name)
            if source is None:
                continue
            short = name if source.is_relative_to(SEEDS) else source.name
            word = word.replace(name, short)
            if source.suffix == ".json":
                study_files(short, source, files)
            else:
                files[short] = source.read_bytes()
            if source.suffix == ".shp":
                for ending in (".dbf", ".cpg", ".prj"):
                    if source.with_suffix(ending).is_file():
                        files[short[:-4] + ending] = source.with_suffix(ending).read_bytes()
        placed.append(word)
    stdin = None
    if "-" in placed[1:2]:
        stdin = "panel.csv"
        files[stdin] = (SEEDS / stdin).read_bytes()
    if sum(map(len, files.values())) > LARGEST or (not files and words[0] not in ("simulate", "study")):
        return None
    return Case(tuple(placed), files, stdin)


def all_seeds(program: Program) -> dict[str, list[Case]]:
    """The seeds of every verb, in an order that does not depend on the machine."""
    lines = [line for line in (SEEDS / "calls").read_text().splitlines() if line.startswith("ruralvalue ")]
    lines += [line for verb in program.verbs for line in program.examples(verb)]
    lines += [path.read_text().strip() for path in sorted((ROOT / "Fixtures/cases").glob("*/cmd")) if works(path)]
    readme = (ROOT / "README.md").read_text().replace("\\\n", " ")
    lines += re.findall(r"^\$ (ruralvalue .*)$", readme, re.M)
    seeds: dict[str, list[Case]] = {verb: [] for verb in program.verbs}
    for line in lines:
        try:
            calls = calls_in(line)
        except ValueError:
            continue
        for words in calls:
            case = seed(light(words)) if words and words[0] in seeds else None
            if case is not None and case not in seeds[words[0]]:
                seeds[words[0]].append(case)
    return {verb: cases for verb, cases in seeds.items() if cases}


def works(golden: Path) -> bool:
    """Whether a golden case is a call that succeeds: one that is refused at once leads nowhere."""
    return golden.with_name("experr").read_text().split("\n", 1)[0] in ("exit 0", "exit 6")


def light(words: list[str]) -> list[str]:
    """The call with less of what only costs time: two replications show what five hundred do."""
    lighter = list(words)
    for index, word in enumerate(lighter[:-1]):
        most = {"--replications": 2, "--permutations": 19, "--counties": 12, "--draws": 20}.get(word)
        if most is not None and lighter[index + 1].isdigit():
            lighter[index + 1] = str(min(int(lighter[index + 1]), most))
    return lighter

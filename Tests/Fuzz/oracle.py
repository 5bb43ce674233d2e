"""What must hold after any call, however it was mangled: the promises of CLI.md and of issue 11."""

import csv
import io
import json
import os
import re
import signal
import xml.parsers.expat
from dataclasses import dataclass

from case import Case
from program import EFFORT
from running import Outcome

PROMISED = {0, 2, 3, 4, 5, 6}
INTERNAL = re.compile(
    rb"Fatal error|internal error|Sources/|\bBacktrace\b|Thread \d+ crashed|Swift runtime|precondition", re.I)
#: Everything below a space but tab, line feed and carriage return; DEL; and the second block of controls.
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]")
TEMPORARY = re.compile(r"(^|/)(\.dat|\.tmp|\.ruralvalue|tmp)[^/]*$|\.(tmp|part|partial)$")
TEXTS = (".csv", ".md", ".tex", ".html", ".json", ".svg", ".txt", ".gal", ".gwt")


@dataclass(frozen=True)
class Finding:
    """A rule that was broken, and what tells this break from others of the same rule."""

    rule: str
    detail: str
    #: Whether the detail is a line of source, whose numbers tell one crash from another.
    exact: bool = False

    @property
    def key(self) -> str:
        """The same for findings that have the same cause."""
        return f"{self.rule}: {self.detail if self.exact else re.sub('[0-9]+', 'N', self.detail)[:160]}"


def is_absurd(case: Case) -> bool:
    """Whether the call asks for more work than anyone would wait for."""
    words = [part for word in case.words for part in word.split("=", 1)]
    asked = [words[k + 1] for k, word in enumerate(words[:-1]) if word in EFFORT]
    return any(re.search(r"\d{5}|\d[eE]\+?\d|[^\x00-\x7f]", value) for value in asked)


def check(case: Case, outcome: Outcome, seconds: int = 10) -> list[Finding]:
    """Everything about an outcome that must not be."""
    last = (outcome.error.strip().splitlines() or [b""])[-1].decode("utf-8", "replace")
    if outcome.signal in (signal.SIGXCPU, signal.SIGKILL):
        return [] if is_absurd(case) else late(outcome, seconds)
    if outcome.signal:
        return [Finding("signal", f"{outcome.ending} {last}")]
    if outcome.code not in PROMISED:
        return [Finding("exit code", f"{outcome.code} {last}")]
    found: list[Finding] = []
    if outcome.code in (2, 3, 4, 5) and not re.search(rb"^ruralvalue", outcome.error, re.M):
        found.append(Finding("no sentence", f"exit {outcome.code}: {last!r}"))
    inner = INTERNAL.search(outcome.error)
    if inner and inner[0] not in os.fsencode(case.command):
        found.append(Finding("internal words", inner[0].decode()))
    if any(is_input(case, name) for name in outcome.changed):
        found.append(Finding("input changed", f"exit {outcome.code}"))
    found += files_where_they_belong(case, outcome)
    found += streams(case, outcome)
    # What a study keeps for itself below .study is nobody else's to read.
    for path, data in ((path, data) for path, data in outcome.created.items() if ".study/" not in path):
        kind = os.path.splitext(path)[1]
        found += [Finding(rule, f"{kind} file: {detail}") for rule, detail in shape(path, data)]
    return found


def greedy(case: Case, outcome: Outcome, most: int | None) -> list[Finding]:
    """A call that held more memory than it may, where a bound is set."""
    if most is None or outcome.megabytes <= most or is_absurd(case):
        return []
    return [Finding("memory", f"more than {most} MB")]


def late(outcome: Outcome, seconds: int) -> list[Finding]:
    """A call that took too long: by work, or by waiting for ever; one that a busy machine held up is none."""
    if outcome.seconds > seconds - 1:
        return [Finding("timeout", f"{seconds} seconds of processor time")]
    return [Finding("hang", "waits for ever")] if outcome.seconds < 1 else []


def named(case: Case, but: tuple[str, ...] = ()) -> set[str]:
    """The paths that the words of a call could mean, but for the values of some options."""
    words = [word for k, word in enumerate(case.words) if k == 0 or case.words[k - 1] not in but]
    return {os.path.normpath(part) for word in words for part in [word, *re.split("[=,;]", word)] if part}


def is_input(case: Case, name: str) -> bool:
    """Whether a call reads a file, rather than that an older result of its name stands where it writes."""
    return case.verb == "study" or name == case.stdin or name in named(case, but=("--out",))


def files_where_they_belong(case: Case, outcome: Outcome) -> list[Finding]:
    """New files stand where a word of the call says, none is a temporary, and a call that fails leaves none."""
    found = []
    words = named(case)
    for path in outcome.created:
        if TEMPORARY.search(path) and ".study/" not in path:
            found.append(Finding("temporary left", TEMPORARY.search(path)[0]))
        folders = [path] + [path[:k] for k, letter in enumerate(path) if letter == "/"] + ["."]
        if case.verb != "study" and not words.intersection(folders):
            found.append(Finding("stray file", path))
    if outcome.created and outcome.code in (2, 3) and case.verb != "study":
        found.append(Finding("files of a failed call", f"exit {outcome.code}"))
    return found


def streams(case: Case, outcome: Outcome) -> list[Finding]:
    """Standard output and error hold what a terminal and a script can take."""
    found = []
    if CONTROL.search(outcome.error):
        found.append(Finding("control characters", "standard error"))
    out = outcome.out
    if not out or outcome.code not in (0, 5, 6):
        return found
    begin = out[:200].lstrip()
    is_json = "--json" in case.words and not begin.startswith(b"<") and begin.startswith(b"{")
    # What `weights --out -` and `gmm --residuals -` write is data, too.
    is_data = case.verb in ("prepare", "simulate", "weights") or any(
        word.startswith("--residuals") for word in case.words
    )
    is_csv = is_data and b"\n\n" not in out and b"===" not in out
    name = "x.json" if is_json else "x.csv" if is_csv else "x.txt"
    found += [Finding(rule, f"standard output: {detail}") for rule, detail in shape(name, out)]
    return found


def shape(name: str, data: bytes) -> list[tuple[str, str]]:
    """What is wrong with the form of an output."""
    # A map may be written to a file of any name.
    suffix = ".svg" if data.startswith((b"<svg", b"<?xml")) else os.path.splitext(name)[1].lower()
    if suffix not in TEXTS:
        return []
    found = []
    # A cell of CSV is data and stays as it is, and so does an id of weights.
    if suffix not in (".csv", ".gwt", ".gal") and CONTROL.search(data):
        found.append(("control characters", "raw control character"))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if not data.startswith(b"\xff\xfe"):
            found.append(("not UTF-8", suffix))
        return found
    try:
        # The study file that --init writes has comments.
        if suffix == ".json" and os.path.basename(name) != "study.json":
            json.loads(data, parse_constant=no_constant)
        elif suffix == ".svg":
            xml.parsers.expat.ParserCreate().Parse(data, True)
        elif suffix == ".csv":
            widths = {len(row) for row in csv.reader(io.StringIO(data.decode(), newline=""), strict=True) if row}
            if len(widths) > 1:
                found.append(("uneven CSV", "rows of different width"))
    except (ValueError, RecursionError, csv.Error, xml.parsers.expat.ExpatError) as error:
        found.append(("unreadable output", f"{suffix}: {re.sub('[0-9]+', 'N', str(error))[:80]}"))
    return found


def no_constant(name: str) -> None:
    """JSON has no NaN and no Infinity."""
    raise ValueError(f"holds {name}")

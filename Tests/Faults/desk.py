"""A call of each verb on a desk of its own: what it read, what an older call left, what it would write."""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SEEDS = ROOT / "Tests/Fuzz/seeds"
STUDY = "mystudy/study.json"
ENVIRONMENT = {
    **os.environ, "OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8", "LLVM_PROFILE_FILE": "/dev/null",
}

#: One call a verb: its words, and what made the numbers of the call before it different.
CALLS = {
    "prepare": ("prepare panel.csv --interpolate gdp,grain --log gdp --out out", "--periods 2019:2022"),
    "describe": ("describe panel.csv --variables gdp,income --out out", "--periods 2019:2022"),
    "entropy": ("entropy panel.csv --indicators system.csv --out out", "--periods 2019:2022"),
    "fe": ("fe panel.csv --formula V~P --out out", "--periods 2019:2022"),
    "gmm": ("gmm firms.csv --formula n~lag(n)+w --collapse --out out", "--periods 1977:1983"),
    "weights": ("weights counties.geojson --out out/w.csv", "--rule knn:2"),
    "moran": ("moran panel.csv --variable gdp --weights queen.csv --out out", "--periods 2019:2022"),
    "hotspot": ("hotspot panel.csv --variable gdp --weights queen.csv --out out", "--periods 2019:2022"),
    "sdm": ("sdm panel.csv --formula V~P --weights queen.csv --draws 9 --out out", "--periods 2019:2022"),
    "table": ("table linear.json spatial.json --out out", "--effects none"),
    "disparity": ("disparity panel.csv --variable gdp --group prefecture --out out", "--periods 2019:2022"),
    "coupling": ("coupling panel.csv --systems V,P --out out", "--periods 2019:2022"),
    "evolve": ("evolve panel.csv --variable gdp --classes 2 --out out", "--periods 2019:2022"),
    "efficiency": ("efficiency panel.csv --inputs gdp --outputs income --out out", "--periods 2019:2022"),
    "evaluate": ("evaluate panel.csv --scorecard card.csv --by prefecture --out out", "--periods 2019:2022"),
    "map": ("map counties.geojson --table panel.csv --fill gdp --periods 2022 --out out/m.svg", "--title Older"),
    "audit": ("audit table5.csv --out out", "--levels 0.2,0.1"),
    "compare": ("compare printed.csv --with results.csv --require none --out out", "--tolerance 0.1"),
    "simulate": ("simulate dynamic-panel --counties 9 --coefficients P=0.2 --seed 1 --out out", "--sd-error 2"),
    "study": (f"study {STUDY} --out out", ""),
    # The whole study of the demo, which is killed like the others and is too long for the rest.
    "demo": (f"study {ROOT}/Fixtures/studies/hunan/study.json --out out", "--fresh"),
}


def files_in(folder: Path) -> dict[str, bytes]:
    """What stands in a folder, but for what a study keeps for itself."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file() and ".study" not in path.parts
    }


def is_json(data: bytes) -> bool:
    """Whether bytes are one JSON document."""
    try:
        json.loads(data)
    except ValueError:
        return False
    return True


class Desk:
    """A folder with a call's inputs, the results of an older call in `out`, and what the new call would write."""

    def __init__(self, program: str, verb: str, folder: Path):
        self.program, self.verb, self.folder = program, verb, folder
        self.out, self.was = folder / "out", folder / "was"
        words, older = CALLS[verb]
        self.words = words.split()
        shutil.copytree(SEEDS, folder, dirs_exist_ok=True)
        shutil.copy(SEEDS / "out/coefficients.csv", folder / "results.csv")
        done = self.run_older(older.split())
        if done.returncode not in (0, 6):
            raise SystemExit(f"faults: {words} {older}: {done.stderr.decode(errors='replace')}")
        self.old = files_in(self.out)
        shutil.copytree(self.out, self.was, symlinks=True)
        begin = time.monotonic()
        self.code = self.run().returncode
        self.seconds = time.monotonic() - begin
        self.new = files_in(self.out)

    def run_older(self, words: list[str]) -> subprocess.CompletedProcess:
        """Writes the results of the older call; a study is another study then."""
        shutil.rmtree(self.out)
        study = self.folder / STUDY
        text = study.read_text()
        study.write_text(text.replace("window=3", "window=5"))
        done = self.run(words)
        study.write_text(text)
        return done

    def reset(self) -> None:
        """Puts the older results back."""
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.copytree(self.was, self.out, symlinks=True)

    def run(self, more=(), **options) -> subprocess.CompletedProcess:
        """Makes the call; the exit code of a signal is negative, that of a call without end 124."""
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        words = ["timeout", "60", self.program, *self.words, *more]
        return subprocess.run(words, cwd=self.folder, env=ENVIRONMENT, **options)

    def unwhole(self, code: int | None = None) -> list[str]:
        """Files that are neither as they were nor as they should be, and those that are lost.

        A study that failed with a code says so in its report and its manifest. While a call writes, call.json names it
        beside the earlier one.
        """
        found, changing = files_in(self.out), {"call.json"}
        if self.words[0] == "study" and code not in (None, 0):
            changing |= {"report.html", "manifest.json"}
        torn = [
            name for name, data in found.items()
            if name in (self.old | self.new).keys() - changing and data not in (self.old.get(name), self.new.get(name))
        ]
        if "call.json" in found and not is_json(found["call.json"]):
            torn.append("call.json")
        lost = [name for name in self.old if name in self.new and name not in found]
        return torn + [f"{name} is lost" for name in lost]

    def strangers(self) -> list[str]:
        """Files that neither call writes: temporaries, once an undisturbed run has ended."""
        return [name for name in files_in(self.out) if name not in self.old | self.new]

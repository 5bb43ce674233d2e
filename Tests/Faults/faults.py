#!/usr/bin/env python3
"""Faults of the machine: full disks, quotas, read-only folders, kills, too few descriptors, too little memory.

Each call first writes its results whole; it is then made again, with other numbers, under a fault. Whatever
happens then: the exit code is a promised one and a sentence says why, every file has its old bytes or its new
ones, and after the next undisturbed run no temporary is left. --short takes some twenty seconds.
"""

import argparse
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from desk import CALLS, ENVIRONMENT, ROOT, Desk, files_in

NOBODY = 65534
#: What standard streams can be, as a shell writes it.
SHAPES = [
    "2>/dev/full", "2>&-", ">/dev/full", ">&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-", ">/dev/full 2>/dev/full",
]
#: A call for each exit code.
ENDINGS = {
    0: "describe panel.csv --variables gdp", 2: "describe panel.csv --variable",
    3: "describe printed.csv --unit none", 4: "describe absent.csv",
    5: "gmm scores.csv --formula V~lag(V)+P*C*I*T", 6: "audit table5.csv",
}
#: A disk of a few pages in the place of the folder of results; what stands in it at the end is copied beside it.
SMALL_DISK = """
mount -t tmpfs -o size="$1" none out || exit 99
cp -a was/. out/ 2>/dev/null || { rm -rf out/* out/.[a-z]*; touch emptied; }
shift
"$@"
code=$?
cp -a out/. after/
exit $code
"""


def at_most(what: int, amount: int):
    """Sets a limit in the child, before the program begins."""
    return lambda: resource.setrlimit(what, (amount, amount))


class Faults:
    """The parts, each a method; a broken promise is told at once and counted."""

    def __init__(self, options: argparse.Namespace, home: Path):
        self.options, self.home = options, home
        self.random = random.Random(options.seed)
        self.made = self.broken = 0

    def desk(self, verb: str) -> Desk:
        """A fresh desk for a verb."""
        return Desk(self.options.program, verb, Path(tempfile.mkdtemp(prefix=f"{verb}-", dir=self.home)))

    def verbs(self) -> list[str]:
        """All verbs, or some of them in the short form."""
        few = ["prepare", "entropy", "weights", "map", "study"]
        return few if self.options.short else [verb for verb in CALLS if verb != "demo"]

    def expect(self, holds: bool, what: str) -> None:
        """Counts a promise, and tells where it is broken."""
        self.made += 1
        if not holds:
            self.broken += 1
            print(f"faults: {what}", file=sys.stderr)

    def judge(self, desk: Desk, result: subprocess.CompletedProcess, fault: str, codes: set[int]) -> None:
        """A promised code, a sentence, whole files."""
        what, code = f"{fault}: {' '.join(desk.words)}", result.returncode
        error = result.stderr.decode(errors="replace")
        if "error while loading shared libraries" in error:
            return
        self.expect(code in codes, f"{what}: exit {code}, expected {sorted(codes)}: {error[-300:]}")
        if code not in (0, 6):
            self.expect(bool(re.search("^ruralvalue", error, re.M)), f"{what}: exit {code} without a sentence")
        self.expect("Fatal error" not in error and "Backtrace" not in error, f"{what}: {error[-300:]}")
        self.expect(not desk.unwhole(code), f"{what}: not whole: {desk.unwhole(code)}")

    def clean(self, desk: Desk, fault: str) -> None:
        """The next undisturbed run makes everything right and leaves no temporary."""
        code = desk.run().returncode
        self.expect(code == desk.code, f"{fault}: {desk.verb}: the run after it gave {code}")
        found = {name: data for name, data in files_in(desk.out).items() if name in desk.new}
        self.expect(found == desk.new, f"{fault}: {desk.verb}: the run after it wrote other bytes")
        self.expect(not desk.strangers(), f"{fault}: {desk.verb} leaves {desk.strangers()[:4]}")

    def streams(self) -> None:
        """Standard streams that are full or closed: the promised code, always."""
        folder = self.desk("describe").folder
        for code, call in ENDINGS.items():
            for shape in SHAPES:
                words = ["sh", "-c", f'exec "$0" "$@" {shape}', self.options.program, *call.split()]
                result = subprocess.run(
                    words, cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True)
                # What an audit found holds, whether anyone can read it or not.
                is_unwritten = code in (0, 6) and re.search(r"(?<!2)>(/dev/full|&-)", shape)
                expected = 4 if is_unwritten and code == 0 else code
                told = f"{call} {shape}: exit {result.returncode}"
                self.expect(result.returncode == expected, f"{told}, expected {expected}")
                if "2>" not in shape and (is_unwritten or expected in (2, 3, 4, 5)):
                    self.expect(result.stderr.startswith(b"ruralvalue"), f"{told} without a sentence")

    def quota(self) -> None:
        """A limit on the size of a file."""
        for verb in self.verbs():
            desk = self.desk(verb)
            largest = max(map(len, desk.new.values()))
            for size in [largest // 2] if self.options.short else [0, 100, largest // 2, largest - 1]:
                desk.reset()
                result = desk.run(preexec_fn=at_most(resource.RLIMIT_FSIZE, size))
                self.judge(desk, result, f"files of at most {size} bytes", {4})
            self.clean(desk, "quota")

    def disk(self) -> None:
        """A disk that fills up, at several sizes."""
        for verb in self.verbs():
            for kilobytes in [24] if self.options.short else [4, 8, 16, 32, 64, 128, 256]:
                desk = self.desk(verb)
                after = desk.folder / "after"
                after.mkdir()
                words = ["unshare", "-m", "sh", "-c", SMALL_DISK, "sh", f"{kilobytes}k", desk.program, *desk.words]
                result = subprocess.run(
                    words, cwd=desk.folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True)
                if result.returncode == 99:
                    return print("faults: disk skipped, for nothing may be mounted here.")
                desk.out = after
                # What the small disk did not take of the older results was not lost by the call.
                if (desk.folder / "emptied").exists():
                    desk.old = {}
                self.judge(desk, result, f"a disk of {kilobytes} KB", {desk.code, 4})
                self.expect(not desk.strangers(), f"a disk of {kilobytes} KB: {verb} leaves {desk.strangers()[:4]}")

    def readonly(self) -> None:
        """A folder in which nobody may write, and an input that nobody may read."""
        user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        for verb in self.verbs():
            desk = self.desk(verb)
            desk.reset()
            everything = [desk.folder, *desk.folder.rglob("*")]
            for path in everything:
                path.chmod(0o555 if path.is_dir() else 0o444)
            self.judge(desk, desk.run(**user), "a read-only folder", {4})
            self.expect(files_in(desk.out) == desk.old, f"a read-only folder: {verb} changed something")
            if verb not in ("simulate", "study"):
                for path in desk.folder.glob("*.*"):
                    path.chmod(0)
                self.judge(desk, desk.run(**user), "an unreadable input", {4})
            for path in everything:
                path.chmod(0o755)

    def killed(self) -> None:
        """Killed at random moments, now and then interrupted: from nothing, or over what the last run left."""
        desks = [self.desk(verb) for verb in [*self.verbs(), "demo"]]
        killed = 0
        for turn in range(self.options.kills):
            desk = desks[turn % len(desks)]
            if self.random.random() < 0.6:
                desk.reset()
            words = [desk.program, *desk.words]
            if desk.words[0] == "study" and self.random.random() < 0.5:
                words += ["--fresh", "--jobs", str(self.random.randint(1, 2))]
            child = subprocess.Popen(
                words, cwd=desk.folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL)
            end = signal.SIGINT if self.random.random() < 0.1 else signal.SIGKILL
            try:
                child.wait(self.random.uniform(0.002, desk.seconds))
            except subprocess.TimeoutExpired:
                child.send_signal(end)
                code = child.wait()
                killed += code in (-signal.SIGKILL, 130)
                self.expect(code in (-end, 130, desk.code), f"interrupted: {desk.verb}: exit {code}")
            self.expect(not desk.unwhole(), f"killed: {desk.verb}: not whole: {desk.unwhole()}")
        for desk in desks:
            self.clean(desk, "killed")
        print(f"faults: {killed} of {self.options.kills} runs were ended before they were done.")

    def descriptors(self) -> None:
        """Few files may be open."""
        for verb in self.verbs():
            desk = self.desk(verb)
            for most in [4, 6, 8] if self.options.short else range(3, 13):
                for more in [[], ["--jobs", "4"]] if verb == "study" else [[]]:
                    desk.reset()
                    result = desk.run(more, preexec_fn=at_most(resource.RLIMIT_NOFILE, most))
                    self.judge(desk, result, f"at most {most} open files", {desk.code, 4})
            self.clean(desk, "few descriptors")

    def memory(self) -> None:
        """Little memory: a sentence, and whole files; an input without end is refused in time."""
        for verb in self.verbs():
            desk = self.desk(verb)
            sizes = [120, 400] if self.options.short else [60, 90, 120, 150, 180, 220, 260, 300, 400, 700]
            for megabytes in sizes:
                desk.reset()
                result = desk.run(preexec_fn=at_most(resource.RLIMIT_AS, megabytes << 20))
                # Where not even the smallest piece is to be had, the program ends with the code of a fault.
                self.judge(desk, result, f"{megabytes} MB of memory", {desk.code, 1, 3, 4, 5})
            self.clean(desk, "little memory")
        desk = self.desk("describe")
        desk.words = ["describe", "-"]
        with open("/dev/zero", "rb") as zeros:
            result = desk.run(stdin=zeros, preexec_fn=at_most(resource.RLIMIT_AS, 2 << 30))
        self.judge(desk, result, "zeros without end and 2 GB of memory", {3})


def main() -> int:
    """0 where every promise is kept."""
    parts = ["streams", "quota", "disk", "readonly", "killed", "descriptors", "memory"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / ".build/release/ruralvalue"), help="the binary to run")
    parser.add_argument("--short", action="store_true", help="some verbs and some moments")
    parser.add_argument("--only", choices=parts, action="append", help="one part; may be repeated")
    parser.add_argument("--kills", type=int, help="how often to kill (default 200, or 40 in short)")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the random moments (default 1)")
    options = parser.parse_args()
    options.program = os.path.abspath(options.program)
    options.kills = options.kills or (40 if options.short else 200)
    home = Path(tempfile.mkdtemp(prefix="ruralvalue-faults-"))
    # The key of records is the run's own, not the user's.
    ENVIRONMENT["XDG_STATE_HOME"] = str(home / "state")
    home.chmod(0o755)
    try:
        faults = Faults(options, home)
        for part in options.only or parts:
            begin, made, broken = time.monotonic(), faults.made, faults.broken
            getattr(faults, part)()
            seconds = time.monotonic() - begin
            print(f"faults: {part}: {faults.made - made} promises, {faults.broken - broken} broken, {seconds:.0f} s",
                  flush=True)
        return 1 if faults.broken else 0
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())

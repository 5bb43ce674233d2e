"""One of the processes that make runs: it judges them, and makes small and keeps what fell."""

import argparse
import re
import shlex
import shutil
import signal
import time
from collections import Counter

from calls import Mutator
from case import Case
from minimiser import Minimiser
from oracle import Finding, check, greedy
from running import Sandbox

#: Tells where a crash happened, if it is installed.
DEBUGGER = shutil.which("gdb")
#: How many runs a worker takes at a time.
BATCH = 50


class Worker:
    """Makes runs in a folder in memory and hands on what happened."""

    def __init__(self, options: argparse.Namespace, program: str, root: str):
        self.options = options
        self.sandbox = Sandbox(program, root, seconds=options.seconds)
        self.known: set[str] = set()
        self.told: Counter = Counter()

    def judge(self, case: Case) -> tuple[list[Finding], str, float]:
        """Runs a case: what it broke, how it ended, how long it took."""
        outcome = self.sandbox.run(case)
        found = check(case, outcome, self.sandbox.seconds) + greedy(case, outcome, self.options.megabytes)
        return [f for f in found if f.rule not in self.options.allow], outcome.ending, outcome.seconds

    def located(self, case: Case, finding: Finding) -> Finding:
        """A crash with the line of source where it happened, which a debugger knows where there is one."""
        self.told[finding.key] += 1
        if finding.rule not in ("signal", "exit code") or not DEBUGGER or self.told[finding.key] > 20:
            return finding
        stdin = case.stdin if case.stdin in case.files else "/dev/null"
        run = f"run {' '.join(map(shlex.quote, case.words))} < {shlex.quote(stdin)} > /dev/null 2>&1"
        debugger = [DEBUGGER, "-q", "-nx", "-batch", "-ex", run, "-ex", "bt 40"]
        trace = self.sandbox.run(case.with_words([]), seconds=60, before=debugger).out.decode("utf-8", "replace")
        stopped = re.search(r"received signal (SIG\w+)", trace)
        line = re.search(r"(Sources/\S+\.swift:[1-9]\d*)", trace)
        detail = " at ".join(m[1] for m in (stopped, line) if m)
        return Finding(finding.rule, detail, exact=True) if line else finding

    def keep(self, case: Case, finding: Finding, number: int) -> str:
        """Minimises a new finding and puts it beside the others."""
        def falls(smaller: Case) -> bool:
            found = self.judge(smaller)[0]
            return any(f.rule == finding.rule and (finding.exact or f.key == finding.key) for f in found)

        small = Minimiser(falls).minimise(case)
        name = re.sub(r"[^a-z0-9]+", "-", f"{case.verb} {finding.key}".lower())[:60].strip("-")
        folder = self.options.corpus / name
        while folder.exists():
            folder = folder.with_name(folder.name + "x")
        small.save(folder)
        error = self.sandbox.run(small).error[-2000:].decode("utf-8", "backslashreplace")
        what = f"{finding.rule}: {finding.detail}\nrun {number} of seed {self.options.seed}\n{error}"
        (folder / "what").write_text(what)
        return str(folder)

    def work(self, mutator: Mutator, verbs: list[str], counter, end: float, queue) -> None:
        """Takes the next runs until there are no more, or until time is up."""
        # An interrupt is the parent's, which ends its workers when it has written what it knows.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        last = self.options.first + self.options.runs if self.options.runs else float("inf")
        while time.monotonic() < end:
            with counter.get_lock():
                begin = counter.value
                counter.value += BATCH
            if begin >= last:
                break
            tally: Counter = Counter()
            for number in range(begin, int(min(begin + BATCH, last))):
                self.one(mutator.run(number, verbs), number, mutator.program.verbs, tally, queue)
            queue.put(("tally", tally))
        queue.put(("done",))

    def one(self, case: Case, number: int, verbs: list[str], tally: Counter, queue) -> None:
        """One run of many: counted, and kept where it broke something new."""
        found, ending, seconds = self.judge(case)
        verb = case.verb if case.verb in verbs else "(no verb)"
        tally[verb, ending] += 1
        tally[verb, "seconds"] += seconds
        tally[verb, "findings"] += len(found)
        for finding in found:
            finding = self.located(case, finding)
            key = f"{verb} {finding.key}"
            if key not in self.known:
                self.known.add(key)
                queue.put(("finding", number, key, self.keep(case, finding, number)))

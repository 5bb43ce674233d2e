#!/usr/bin/env python3
"""Mutates the inputs and the words of calls of every verb, and says what breaks a promise.

    Tests/Fuzz/fuzz.py --minutes 30             the corpus, then thirty minutes on every core
    Tests/Fuzz/fuzz.py --runs 500000 --seed 7   so many runs; the same seed makes the same runs
    Tests/Fuzz/fuzz.py --seed 7 --only 1234     run 1234 of seed 7 alone, with what it prints
    Tests/Fuzz/fuzz.py --corpus-only            what once fell, and nothing else

A finding is made small and kept in Tests/Fuzz/corpus/NAME: `cmd`, `files`, and in `what` what happened; every later
run begins with it. Once it is repaired, --accept writes down beside it the exit code that it now has.
"""

import argparse
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from calls import Mutator
from case import Case
from oracle import Finding, check
from program import Program
from seeds import HERE, ROOT, all_seeds
from summary import Summary
from worker import Worker

def arguments() -> argparse.Namespace:
    """The words of this script's own call."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / ".build/release/ruralvalue"), help="the binary to run")
    parser.add_argument("--runs", type=int, help="how many runs")
    parser.add_argument("--minutes", type=float, help="how long")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the runs (default 1)")
    parser.add_argument("--only", type=int, help="one run alone, by its number")
    parser.add_argument("--first", type=int, default=0, help="the number of the first run (default 0)")
    parser.add_argument("--verb", action="append", help="only this verb; may be repeated")
    parser.add_argument("--ending", action="append", help="only seeds with a file that ends so, as xlsx; may be repeated")
    parser.add_argument("--seconds", type=int, default=10, help="processor time that a run may take (default 10)")
    parser.add_argument("--megabytes", type=int, help="memory that a run may hold (default: no bound)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many runs side by side")
    parser.add_argument("--allow", action="append", default=[], help="a rule that may be broken; may be repeated")
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus", help="where what falls is kept")
    parser.add_argument("--corpus-only", action="store_true", help="run the corpus and nothing else")
    parser.add_argument("--accept", action="store_true", help="write the exit codes that the corpus has now")
    parser.add_argument("--report", type=Path, default=ROOT / "out/fuzz", help="folder of the figures by verb")
    return parser.parse_args()


def seeds_with(seeds: dict[str, list[Case]], endings: list[str] | None) -> dict[str, list[Case]]:
    """The seeds with a file of one of the endings; all of them where none is named."""
    ends = tuple("." + ending for ending in endings or [])
    chosen = {verb: [case for case in cases if not ends or any(name.endswith(ends) for name in case.files)]
              for verb, cases in seeds.items()}
    return {verb: cases for verb, cases in chosen.items() if cases}


def run_corpus(worker: Worker, accept: bool) -> list[str]:
    """Runs everything that once fell; what falls again."""
    fallen = []
    folders = sorted(path.parent for path in worker.options.corpus.glob("*/cmd"))
    for folder in folders:
        case = Case.load(folder)
        found, ending, _ = worker.judge(case)
        expected = folder / "exit"
        if accept and not found:
            expected.write_text(ending + "\n")
        if not found and expected.exists() and expected.read_text().strip() != ending:
            found = [Finding("another exit code", f"{ending}, expected {expected.read_text().strip()}")]
        fallen += [f"{folder.name}: {finding.rule}: {finding.detail}" for finding in found]
    print(f"corpus: {len(folders)} cases, {len(fallen)} fallen")
    return fallen


def one(worker: Worker, mutator: Mutator, verbs: list[str], number: int) -> list[str]:
    """One run by its number, with all that there is to see."""
    case = mutator.run(number, verbs)
    folder = worker.options.report / f"run-{worker.options.seed}-{number}"
    case.save(folder)
    outcome = worker.sandbox.run(case)
    texts = [os.fsencode(case.command), outcome.out[-3000:], outcome.error]
    print(*(text.decode("utf-8", "backslashreplace") for text in texts), sep="\n")
    print(f"exit {outcome.ending}, {outcome.seconds:.3f} s; the inputs are in {folder}/files")
    return [f"{finding.rule}: {finding.detail}" for finding in check(case, outcome)]


def campaign(options: argparse.Namespace, workers: list[Worker], mutator: Mutator, verbs: list[str]) -> Summary:
    """All workers side by side, with a line of progress now and then."""
    begin = time.monotonic()
    end = begin + options.minutes * 60 if options.minutes else float("inf")
    counter, queue = multiprocessing.Value("q", options.first), multiprocessing.Queue()
    processes = [
        multiprocessing.Process(target=worker.work, args=(mutator, verbs, counter, end, queue), daemon=True)
        for worker in workers
    ]
    for process in processes:
        process.start()
    summary, busy, told = Summary(options.seed), len(processes), begin
    try:
        while busy:
            message = queue.get()
            if message[0] == "done":
                busy -= 1
            elif message[0] == "tally":
                summary.add(message[1])
            elif summary.is_new(message[2]):
                print(f"run {message[1]}: {message[2]}\n  {message[3]}", flush=True)
            else:
                shutil.rmtree(message[3], ignore_errors=True)
            summary.elapsed = time.monotonic() - begin
            if time.monotonic() - told > 60:
                told = time.monotonic()
                summary.write(options.report)
                print(summary.line, flush=True)
    except KeyboardInterrupt:
        print("interrupted; what was done until now:")
    return summary


def main() -> int:
    """0 where nothing fell, 1 where something did."""
    options = arguments()
    options.corpus, options.report = options.corpus.resolve(), options.report.resolve()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    root = tempfile.mkdtemp(prefix="ruralvalue-fuzz-", dir=memory)
    try:
        # A copy, so that a build meanwhile changes nothing.
        binary = shutil.copy(options.program, os.path.join(root, "ruralvalue"))
        program = Program(binary)
        workers = [Worker(options, binary, os.path.join(root, str(k))) for k in range(max(1, options.jobs))]
        mutator = Mutator(program, seeds_with(all_seeds(program), options.ending), options.seed)
        verbs = options.verb or list(mutator.seeds)
        if options.only is not None:
            fallen = one(workers[0], mutator, verbs, options.only)
        else:
            fallen = run_corpus(workers[0], options.accept)
            if not options.corpus_only and not options.accept:
                summary = campaign(options, workers, mutator, verbs)
                summary.write(options.report)
                print(f"\n{summary.markdown()}\n{summary.line}")
                fallen += sorted(summary.keys)
        print(*fallen, sep="\n", end="\n" if fallen else "")
        return 1 if fallen else 0
    finally:
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())

"""The figures of a campaign by verb, as Markdown for the README and as JSON."""

import json
from collections import Counter
from pathlib import Path

ENDINGS = ["0", "2", "3", "4", "5", "6"]


class Summary:
    """Counts of runs by verb and ending."""

    def __init__(self, seed: int):
        self.seed, self.counts, self.keys, self.elapsed = seed, Counter(), set(), 0.0

    @property
    def runs(self) -> int:
        return sum(n for (_, what), n in self.counts.items() if what not in ("seconds", "findings"))

    def add(self, tally: Counter) -> None:
        """What a worker counted."""
        self.counts.update(tally)

    def is_new(self, key: str) -> bool:
        """Whether no other worker had this finding."""
        if key in self.keys:
            return False
        self.keys.add(key)
        return True

    def rows(self) -> list[dict]:
        """A row a verb, then the sum of all."""
        verbs = sorted({verb for verb, _ in self.counts})
        return [self.row(verb, [verb]) for verb in verbs] + [self.row("all", verbs)]

    def row(self, name: str, verbs: list[str]) -> dict:
        """The counts of some verbs together."""
        total = Counter()
        for (verb, what), count in self.counts.items():
            if verb in verbs:
                total[what] += count
        seconds, findings = total.pop("seconds", 0.0), total.pop("findings", 0)
        runs = sum(total.values())
        other = runs - sum(total[ending] for ending in ENDINGS)
        return {
            "verb": name, "runs": runs, **{f"exit_{ending}": total[ending] for ending in ENDINGS}, "other": other,
            "findings": findings, "milliseconds_a_run": round(1000 * seconds / max(1, runs), 1),
        }

    @property
    def line(self) -> str:
        """How far it has come."""
        speed = self.runs / max(self.elapsed, 1e-9)
        return (f"seed {self.seed}: {self.runs:,} runs in {self.elapsed:.0f} s, {speed:.0f} a second, "
                f"{len(self.keys)} findings")

    def markdown(self) -> str:
        """The table as README has it."""
        heads = ["verb", "runs", *(f"exit {ending}" for ending in ENDINGS), "other", "findings", "ms a run"]
        lines = ["| " + " | ".join(heads) + " |", "| --- |" + " ---: |" * (len(heads) - 1)]
        for row in self.rows():
            cells = [f"{value:,}" if isinstance(value, int) else str(value) for value in row.values()]
            lines.append("| " + " | ".join(cells) + " |")
        return "\n".join(lines) + "\n"

    def write(self, folder: Path) -> None:
        """`summary.md` and `summary.json`."""
        folder.mkdir(parents=True, exist_ok=True)
        figures = {
            "seed": self.seed, "runs": self.runs, "seconds": round(self.elapsed, 1),
            "findings": sorted(self.keys), "verbs": self.rows(),
        }
        (folder / "summary.md").write_text(self.markdown())
        (folder / "summary.json").write_text(json.dumps(figures, indent=1) + "\n")

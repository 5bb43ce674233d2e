"""What the program says of itself: its verbs and their options, read from `--help`.

A new verb or option is therefore fuzzed without an edit here.
"""

import os
import re
import subprocess
from dataclasses import dataclass

#: Options that name how much work is wanted: a call that asks for a day of it is no hang.
EFFORT = set(
    "--permutations --draws --replications --replication --counties --burn-in --orders --ar --periods --jobs "
    "--estimate --se --shards --shard".split())


@dataclass(frozen=True)
class Option:
    """An option's name and what its page of help calls its value, such as `VARS` or `fd|fod`."""

    name: str
    placeholder: str

    @property
    def takes_value(self) -> bool:
        return bool(self.placeholder)

    @property
    def choices(self) -> list[str]:
        """The words that may stand there, where help lists them."""
        return self.placeholder.split("|") if "|" in self.placeholder else []


class Program:
    """A built `ruralvalue` and what it says it can do."""

    def __init__(self, path: str):
        self.path = os.path.abspath(path)
        names = re.findall(r"^  ([a-z][a-z-]*) ", self.say("--help").split("\nCommands\n")[1], re.M)
        self.pages = {name: self.say(name, "--help") for name in names}
        self.options = {name: self.options_on(page) for name, page in self.pages.items()}
        self.verbs = list(self.pages)
        every = {option.name: option for options in self.options.values() for option in options}
        self.every_option = [every[name] for name in sorted(every)]

    def say(self, *words: str) -> str:
        """Standard output of a call."""
        return subprocess.run([self.path, *words], capture_output=True, text=True, check=True).stdout

    @staticmethod
    def options_on(page: str) -> list[Option]:
        """The options that a page of help lists, each with its placeholder."""
        found = re.findall(r"^  (--[a-z][a-z-]*)(?: (\S+(?: \S+)*?))?(?:  +.*)?$", page, re.M)
        return [Option(name, placeholder) for name, placeholder in found]

    def examples(self, verb: str) -> list[str]:
        """The calls with which a page of help begins."""
        block = self.pages[verb].split("\nExamples\n")[1].split("\nUsage\n")[0]
        lines = block.replace("\\\n", " ").splitlines()
        return [line.strip() for line in lines if line.strip().startswith("ruralvalue ")]

    def takes_value(self, verb: str, name: str) -> bool:
        """Whether a word after this option is its value."""
        return any(o.name == name and o.takes_value for o in self.options.get(verb, ()))

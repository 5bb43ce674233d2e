"""A call with everything it reads, as a value and as a folder that git can hold."""

import os
import shlex
from dataclasses import dataclass, field, replace
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """The words after `ruralvalue`, the files that stand in the call's folder, and what standard input is."""

    words: tuple[str, ...]
    files: dict[str, bytes] = field(default_factory=dict)
    stdin: str | None = None

    @property
    def verb(self) -> str:
        """The verb as it stands, which a mutation may have spoilt."""
        return self.words[0] if self.words else ""

    def with_words(self, words) -> "Case":
        """The same files under other words."""
        return replace(self, words=tuple(words))

    def with_file(self, name: str, data: bytes) -> "Case":
        """The same words over one other file."""
        return replace(self, files={**self.files, name: data})

    def without_file(self, name: str) -> "Case":
        """The same words where one file is missing."""
        files = {key: data for key, data in self.files.items() if key != name}
        return replace(self, files=files, stdin=None if self.stdin == name else self.stdin)

    @property
    def command(self) -> str:
        """The call as one would type it; bytes that are no text stand as surrogates."""
        call = " ".join(["ruralvalue", *map(shlex.quote, self.words)])
        return call + (f" < {shlex.quote(self.stdin)}" if self.stdin else "")

    def save(self, folder: Path) -> None:
        """Writes `cmd` and, under `files`, the inputs."""
        for name, data in self.files.items():
            path = folder / "files" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "cmd").write_bytes(os.fsencode(self.command) + b"\n")

    @staticmethod
    def load(folder: Path) -> "Case":
        """Reads what `save` wrote."""
        words = shlex.split(os.fsdecode((folder / "cmd").read_bytes()))[1:]
        stdin = None
        if len(words) > 1 and words[-2] == "<":
            stdin, words = words[-1], words[:-2]
        inputs = folder / "files"
        files = {
            os.path.relpath(path, inputs): path.read_bytes()
            for path in sorted(inputs.rglob("*")) if path.is_file()
        }
        return Case(tuple(words), files, stdin)

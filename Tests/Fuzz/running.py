"""One call in a folder of its own, under limits, with what became of it."""

import os
import resource
import select
import shutil
import signal
from dataclasses import dataclass, field

from case import Case

GIGABYTE = 1 << 30


@dataclass
class Outcome:
    """What a call left: its end, its streams, its files."""

    code: int
    signal: int
    out: bytes
    error: bytes
    seconds: float
    megabytes: float = 0
    created: dict[str, bytes] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)

    @property
    def ending(self) -> str:
        """The exit code, or the signal's name."""
        return signal.Signals(self.signal).name if self.signal else str(self.code)


class Sandbox:
    """A folder in memory where calls are made one after the other."""

    def __init__(self, program: str, root: str, memory: float = 6, seconds: int = 10):
        self.program, self.seconds = program, seconds
        # Deep enough that a path with some `..` in it still stays inside.
        self.root = root
        self.folder = os.path.join(root, "a", "b", "run")
        self.streams = [os.path.join(root, name) for name in ("stdout", "stderr")]
        os.makedirs(self.folder, exist_ok=True)
        self.limit = int(memory * GIGABYTE)
        self.environment = {
            "PATH": "/usr/bin:/bin", "HOME": root, "OPENBLAS_NUM_THREADS": "1", "LANG": "C.UTF-8",
            "XDG_STATE_HOME": os.path.join(root, "state"), "SWIFT_BACKTRACE": "enable=no",
            # A build that counts covered lines would write beside the results.
            "LLVM_PROFILE_FILE": "/dev/null",
        }

    def run(self, case: Case, seconds: int | None = None, before: list[str] | None = None) -> Outcome:
        """Writes the inputs, makes the call, perhaps under another program, and takes the folder away again."""
        os.chdir(self.folder)
        inputs = {}
        try:
            for name, data in case.files.items():
                place = os.path.normpath(name)
                if "/" in place:
                    os.makedirs(os.path.dirname(place), exist_ok=True)
                with open(place, "wb") as file:
                    file.write(data)
                inputs[place] = data
            outcome = self.call(case, seconds or self.seconds, before or [])
            self.look(outcome, inputs)
            return outcome
        finally:
            os.chdir(self.root)
            shutil.rmtree(self.folder, ignore_errors=True)
            os.makedirs(self.folder, exist_ok=True)

    def call(self, case: Case, seconds: int, before: list[str]) -> Outcome:
        """The call itself, ended where it uses more processor time than it may."""
        stdin = case.stdin if case.stdin in case.files else "/dev/null"
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        words = [os.fsencode(word) for word in [*before, self.program, *case.words]]
        child = os.posix_spawn(
            words[0], words, self.environment,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, self.streams[0], flags, 0o644),
                (os.POSIX_SPAWN_OPEN, 2, self.streams[1], flags, 0o644),
            ])
        # Processor time, not the clock: a busy machine makes no findings.
        resource.prlimit(child, resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.prlimit(child, resource.RLIMIT_AS, (self.limit, self.limit))
        resource.prlimit(child, resource.RLIMIT_CORE, (0, 0))
        waiting = os.pidfd_open(child)
        try:
            poll = select.poll()
            poll.register(waiting, select.POLLIN)
            if not poll.poll(seconds * 8000):
                os.kill(child, signal.SIGXCPU)
            _, status, used = os.wait4(child, 0)
        finally:
            os.close(waiting)
        texts = []
        for stream in self.streams:
            with open(stream, "rb") as file:
                texts.append(file.read(4_000_000))
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -1
        end = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        return Outcome(code, end, texts[0], texts[1], used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)

    def look(self, outcome: Outcome, inputs: dict[str, bytes]) -> None:
        """Compares the inputs with what they were and collects new files."""
        found = set()
        for folder, folders, files in os.walk("."):
            for name in files + [f for f in folders if os.path.islink(os.path.join(folder, f))]:
                path = os.path.normpath(os.path.join(folder, name))
                found.add(path)
                try:
                    with open(path, "rb") as file:
                        data = file.read(2_000_000)
                except OSError:
                    data = b""
                if path not in inputs:
                    outcome.created[path] = data
                elif data != inputs[path][:2_000_000]:
                    outcome.changed.append(path)
        outcome.changed += [name for name in inputs if name not in found]

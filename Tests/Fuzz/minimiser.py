"""Makes a finding small: fewer words, files, lines and bytes, as long as the same rule is broken the same way."""

import time
from collections.abc import Callable

from case import Case


def shrink(items: list, holds: Callable[[list], bool]) -> list:
    """Zeller's delta debugging: takes out ever smaller stretches while what is left still holds."""
    size = max(1, len(items) // 2)
    while items:
        at, progress = 0, False
        while at < len(items):
            fewer = items[:at] + items[at + size:]
            if holds(fewer):
                items, progress = fewer, True
            else:
                at += size
        if size == 1 and not progress:
            break
        size = max(1, size // 2)
    return items


class Minimiser:
    """Tries smaller cases until none of them falls, or until time is up."""

    def __init__(self, falls: Callable[[Case], bool], seconds: float = 20):
        self.falls, self.end = falls, time.monotonic() + seconds

    def holds(self, case: Case) -> bool:
        """Whether a smaller case still falls; nothing does once time is up."""
        return time.monotonic() < self.end and self.falls(case)

    def minimise(self, case: Case) -> Case:
        """The smallest case that was found."""
        for name in sorted(case.files):
            if self.holds(case.without_file(name)):
                case = case.without_file(name)
        case = self.words(case)
        for name in sorted(case.files):
            case = self.pieces(case, name, case.files[name].splitlines(keepends=True))
            if len(case.files[name]) < 3000:
                case = self.pieces(case, name, [bytes([byte]) for byte in case.files[name]])
        return self.words(case)

    def pieces(self, case: Case, name: str, pieces: list[bytes]) -> Case:
        """A file with fewer of its lines or bytes."""
        fewer = shrink(pieces, lambda some: self.holds(case.with_file(name, b"".join(some))))
        return case.with_file(name, b"".join(fewer))

    def words(self, case: Case) -> Case:
        """The call with fewer words: pairs first, so that an option goes with its value."""
        words = list(case.words)
        for width in (2, 1):
            at = 1
            while at + width <= len(words):
                fewer = words[:at] + words[at + width:]
                if self.holds(case.with_words(fewer)):
                    words = fewer
                else:
                    at += 1
        return case.with_words(words)

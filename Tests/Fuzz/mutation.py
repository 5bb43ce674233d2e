"""Changes to the bytes of an input: blind ones, numbers, words of lines; structure.py has tables and JSON, binary.py
what keeps a binary file's length, archive.py what archives hold."""

import random
import re

from archive import GZIP, WORKBOOK
from binary import BINARY
from hard import BEGINNINGS, ENCODINGS, HARD_NUMBERS, ODD_TEXTS
from structure import JSON, TABLE, rows

#: The endings of binary files.
BINARIES = {"dta": BINARY, "shp": BINARY, "dbf": BINARY, "zip": BINARY, "xlsx": WORKBOOK, "gz": GZIP}
NUMBER = re.compile(rb"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


def mutate(rng: random.Random, name: str, data: bytes, others: list[bytes]) -> bytes:
    """One change to a file, of a kind that suits its name half the time and of any kind otherwise."""
    suffix = name.rsplit(".", 1)[-1].lower()
    tools = {"csv": TABLE, "txt": TABLE, "tsv": TABLE, "json": JSON, "geojson": JSON}.get(suffix, LINES)
    if suffix in BINARIES:
        tools = rng.choice([BINARIES[suffix]] * 3 + [BLIND])
    else:
        tools = rng.choice([tools, tools, BLIND, NUMBERS])
    return rng.choice(tools)(rng, data, others)


def span(rng: random.Random, data: bytes) -> tuple[int, int]:
    """A stretch of the data, more often short."""
    begin = rng.randrange(len(data) + 1)
    return begin, min(len(data), begin + int(2 ** rng.uniform(0, 9)))


def flip(rng, data, _):
    """Another value for one to eight bytes."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def insert(rng, data, _):
    """Random or odd bytes somewhere."""
    at = rng.randrange(len(data) + 1)
    new = rng.choice([rng.randbytes(rng.randint(1, 9)), rng.choice(ODD_TEXTS + HARD_NUMBERS).encode()])
    return data[:at] + new + data[at:]


def delete(rng, data, _):
    """A stretch taken out."""
    begin, end = span(rng, data)
    return data[:begin] + data[end:]


def double(rng, data, _):
    """A stretch doubled, or repeated many times."""
    begin, end = span(rng, data)
    return data[:end] + data[begin:end] * rng.choice([1, 1, 2, 50]) + data[end:]


def truncate(rng, data, _):
    """The end cut off; now and then all of it."""
    return data[: rng.choice([rng.randrange(len(data) + 1), max(0, len(data) - rng.randint(1, 9)), 0])]


def splice(rng, data, others):
    """A stretch of another file in the place of one of this."""
    other = rng.choice(others or [data])
    begin, end = span(rng, data)
    first, last = span(rng, other)
    return data[:begin] + other[first:last] + data[end:]


def encode(rng, data, _):
    """The text in another encoding, or under a byte order mark that is not its own."""
    if rng.random() < 0.3:
        return rng.choice(BEGINNINGS) + data
    return data.decode("utf-8", "replace").encode(rng.choice(ENCODINGS), "replace")


def line_ends(rng, data, _):
    """Other ends of lines, or none after the last."""
    return rng.choice([data.rstrip(), *(data.replace(b"\n", end) for end in (b"\r\n", b"\r", b"\n\n", b"\n\r"))])


def numbers(rng, data, _):
    """Hard numbers in the place of one or several."""
    found = list(NUMBER.finditer(data))
    chosen = rng.sample(found, min(len(found), rng.choice([1, 1, 2, 5, 40])))
    hard = rng.choice(HARD_NUMBERS).encode()
    for match in sorted(chosen, key=lambda m: -m.start()):
        new = hard if rng.random() < 0.7 else rng.choice(HARD_NUMBERS).encode()
        data = data[: match.start()] + new + data[match.end():]
    return data


def scale(rng, data, _):
    """A power of ten behind many numbers, so that they overflow together."""
    power = rng.choice([b"e150", b"e160", b"e300", b"e-200", b"e-320", b"e15"])
    share = rng.choice([0.02, 0.3, 1])
    return NUMBER.sub(lambda m: m[0] + power if b"e" not in m[0] and rng.random() < share else m[0], data)


def words_of_lines(rng, data, _):
    """In lists of neighbours: words of lines swapped, dropped, doubled or made hard."""
    lines = [line.split(b" ") for line in data.split(b"\n")]
    for _ in range(rng.choice([1, 1, 2, 6])):
        line = rng.choice(lines)
        at, kind = rng.randrange(len(line)), rng.randrange(4)
        line[at : at + 1] = [
            [rng.choice(HARD_NUMBERS).encode()], [b""], [line[at]] * 2, [rng.choice(rng.choice(lines))],
        ][kind]
    return b"\n".join(b" ".join(line) for line in lines)


BLIND = [flip, insert, delete, double, truncate, splice, encode, line_ends]
NUMBERS = [numbers, numbers, numbers, scale]
LINES = [words_of_lines, words_of_lines, words_of_lines, rows]

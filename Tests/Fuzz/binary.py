"""Changes to binary files that keep their length, so that what stands behind a change is still read."""

import random

#: Numbers that counts and offsets of a hostile file have.
HOSTILE = [
    0, 1, 2, 3, 7, 100, 127, 128, 255, 0x7FFF, 0xFFFF, 65526, 32768, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1 << 40,
    (1 << 63) - 1, (1 << 64) - 1, 0x7FF0000000000000, 0x7FF8000000000000, 0x7FE0000000000000, 0xFFF0000000000000,
]


def place(rng: random.Random, data: bytes, length: int) -> int:
    """A place for so many bytes, half the time among the first 400, where headers are, and often even."""
    at = rng.randrange(max(1, min(len(data), rng.choice([400, len(data)])) - length + 1))
    return at - at % rng.choice([1, 1, 2, 4])


def number(rng, data, _):
    """A hostile number in the place of one to three others, of either byte order."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        length = rng.choice([1, 2, 4, 4, 8])
        at = place(rng, data, length)
        value = rng.choice(HOSTILE + [len(data), rng.randrange(len(data) + 1)]) % (1 << 8 * length)
        changed[at : at + length] = value.to_bytes(length, rng.choice(["little", "big"]))
    return bytes(changed[: len(data)])


def near(rng, data, _):
    """A byte by one more or less, as a count that is off by one."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        if changed:
            at = place(rng, data, 1)
            changed[at] = (changed[at] + rng.choice([-1, 1, 2, 8])) % 256
    return bytes(changed)


def blank(rng, data, _):
    """A stretch of zeros, ones, blanks or stars."""
    at, length = place(rng, data, 1), int(2 ** rng.uniform(0, 7))
    return (data[:at] + rng.choice([b"\0", b"\xff", b" ", b"*"]) * length)[: len(data)] + data[at + length :]


def copy(rng, data, _):
    """A stretch over another one."""
    length = int(2 ** rng.uniform(0, 7))
    source, at = place(rng, data, length), place(rng, data, length)
    return (data[:at] + data[source : source + length] + data[at + length :])[: len(data)]


BINARY = [number, number, number, near, near, blank, copy]

"""Changes that know what a table is and what JSON is."""

import re

from hard import HARD_NUMBERS, JSON_VALUES, ODD_TEXTS

TOKEN = re.compile(rb'"(?:[^"\\\n]|\\.)*"|-?\d[\w.+-]*|[A-Za-z_][\w-]*|[{}\[\]:,]')


def rows(rng, data, _):
    """Rows shuffled, doubled, dropped, cut short or long."""
    lines = data.split(b"\n")
    begin, end = sorted((rng.randrange(len(lines) + 1), rng.randrange(len(lines) + 1)))
    some = lines[begin:end]
    kind = rng.randrange(6)
    if kind == 0:
        rng.shuffle(some)
    elif kind == 1:
        some = some * 2
    elif kind == 2:
        some = []
    elif kind == 3:
        some = [line[: rng.randrange(len(line) + 1)] for line in some]
    elif kind == 4:
        some = [line + b",1" for line in some]
    else:
        some = some + some[:1] * rng.choice([1, 300])
    return b"\n".join(lines[:begin] + some + lines[end:])


def columns(rng, data, _):
    """A column dropped, doubled, renamed, moved, made constant, empty, or the same as another."""
    table = [line.split(b",") for line in data.split(b"\n")]
    width = max(map(len, table))
    one, two, kind = rng.randrange(width), rng.randrange(width), rng.randrange(7)
    value = rng.choice(HARD_NUMBERS + ODD_TEXTS).encode("utf-8", "replace")
    for number, cells in enumerate(table):
        if one >= len(cells) or two >= len(cells):
            continue
        if kind == 0:
            del cells[one]
        elif kind == 1:
            cells.insert(two, cells[one])
        elif kind == 2 and number == 0:
            cells[one] = rng.choice([cells[two], value])
        elif kind == 3:
            cells[one], cells[two] = cells[two], cells[one]
        elif kind == 4 and number:
            cells[one] = value
        elif kind == 5 and number:
            cells[one] = b""
        elif kind == 6 and number:
            cells[one] = cells[two]
    return b"\n".join(b",".join(cells) for cells in table)


def cell(rng, data, _):
    """Odd texts or hard numbers in some cells."""
    table = [line.split(b",") for line in data.split(b"\n")]
    for _ in range(rng.choice([1, 1, 3, 10])):
        cells = rng.choice(table)
        cells[rng.randrange(len(cells))] = rng.choice(rng.choice([HARD_NUMBERS, ODD_TEXTS])).encode()
    return b"\n".join(b",".join(cells) for cells in table)


def separators(rng, data, _):
    """Another separator, in all of the file or in a part."""
    begin, end = rng.choice([(0, len(data)), sorted(rng.randrange(len(data) + 1) for _ in range(2))])
    other = rng.choice([b"\t", b";", b"|", b" ", b",,", b", "])
    return data[:begin] + data[begin:end].replace(b",", other) + data[end:]


def turn(rng, data, _):
    """Rows as columns: a wide layout."""
    table = [line.split(b",") for line in data.strip().split(b"\n")]
    width = max(map(len, table))
    return b"\n".join(b",".join(cells[k] if k < len(cells) else b"" for cells in table) for k in range(width))


def balanced(data: bytes, begin: int) -> int:
    """Where the value that begins here ends."""
    depth = 0
    for match in TOKEN.finditer(data, begin):
        depth += {b"{": 1, b"[": 1, b"}": -1, b"]": -1}.get(match[0], 0)
        if depth <= 0:
            return match.end()
    return len(data)


def values_in(data: bytes) -> list[int]:
    """Where a value or a key of a JSON text begins."""
    return [match.start() for match in TOKEN.finditer(data) if match[0] not in b"}]:,"]


def json_value(rng, data, _):
    """Another value in the place of one: of another type, doubled, dropped, nested, or one of the file's."""
    starts = values_in(data)
    if not starts:
        return data
    begin, other = rng.choice(starts), rng.choice(starts)
    end, depth = balanced(data, begin), rng.choice([1, 3, 600, 20000])
    value, text = data[begin:end], rng.choice(ODD_TEXTS).replace("\\", "").replace('"', "")
    return data[:begin] + rng.choice([
        rng.choice(JSON_VALUES), rng.choice(HARD_NUMBERS).encode() or b"0", b'"' + text.encode() + b'"',
        b"", value + b"," + value, b"[" * depth + value + b"]" * depth, b'{"type":' + value + b"}",
        data[other : balanced(data, other)],
    ]) + data[end:]


def json_swap(rng, data, _):
    """Two values change places."""
    starts = values_in(data)
    if len(starts) < 2:
        return data
    one, two = sorted(rng.sample(starts, 2))
    one_end, two_end = balanced(data, one), balanced(data, two)
    if one_end > two:
        return data[:one] + data[two:two_end] + data[one_end:]
    return data[:one] + data[two:two_end] + data[one_end:two] + data[one:one_end] + data[two_end:]


TABLE = [rows, columns, columns, cell, cell, separators, turn, rows]
JSON = [json_value, json_value, json_value, json_swap, json_swap]

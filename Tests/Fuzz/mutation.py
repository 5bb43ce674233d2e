"""Changes to the bytes of an input: blind ones, and those that know tables, JSON and lists of neighbours."""

import random
import re

#: Numbers that arithmetic has fallen over, or that some readers take for numbers.
HARD_NUMBERS = [
    "0", "-0", "-1", "1", "2", "1e160", "-1e160", "1e308", "-1e308", "1.7976931348623157e308", "1e309", "5e-324",
    "1e-320", "NaN", "nan", "inf", "-inf", "Infinity", "NA", "", "-", ".", "0x10", "0b1", "1_000", "1,000", "１２",
    "١٢", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551616",
    "12345678901234567890", "2147483647", "2147483648", "-2147483648", "4294967296", "1e9", "1e19", "0.1e", "1e",
    "1.2.3", "+5", "1e+400", "1d5", "0." + "1" * 400, "9" * 400, "00012", "1e-5", "0.30000000000000004", "1/3",
]
ODD_TEXTS = [
    "\x1b[2J", "\x07", "\x00", "\x7f", "\u202e", "\ufffe", "\uffff", "\ufeff", "\u2028", "é", "e\u0301", "💥", "县",
    "=1+1", "+1", "@SUM(A1)", "<script>alert(1)</script>", "]]>", "--", "&amp;", "&", "<", "\\", "$x$", "%", "`", "'",
    '"', '""', '"a\nb"', "a" * 5000, "\t", ";", ",", "|", "~", "lag(V)", "V:P", "code", "year", "../x", "\r", "#",
]
ENCODINGS = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk", "big5", "utf-8-sig", "latin-1", "shift_jis"]
NUMBER = re.compile(rb"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
TOKEN = re.compile(rb'"(?:[^"\\\n]|\\.)*"|-?\d[\w.+-]*|[A-Za-z_][\w-]*|[{}\[\]:,]')


def mutate(rng: random.Random, name: str, data: bytes, others: list[bytes]) -> bytes:
    """One change to a file, of a kind that suits its name half the time and of any kind otherwise."""
    suffix = name.rsplit(".", 1)[-1].lower()
    tools = {"csv": TABLE, "txt": TABLE, "tsv": TABLE, "json": JSON, "geojson": JSON}.get(suffix, LINES)
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
    new = rng.choice([rng.randbytes(rng.randint(1, 9)), rng.choice(ODD_TEXTS).encode(), rng.choice(HARD_NUMBERS).encode()])
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
        return rng.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"PK\x03\x04", b"\x1f\x8b"]) + data
    return data.decode("utf-8", "replace").encode(rng.choice(ENCODINGS), "replace")


def line_ends(rng, data, _):
    """Other ends of lines, or none after the last."""
    return rng.choice([data.replace(b"\n", b"\r\n"), data.replace(b"\n", b"\r"), data.rstrip(), data.replace(b"\n", b"\n\n")])


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
    power, share = rng.choice([b"e150", b"e160", b"e300", b"e-200", b"e-320", b"e15"]), rng.choice([0.02, 0.3, 1])
    return NUMBER.sub(lambda m: m[0] + power if b"e" not in m[0] and rng.random() < share else m[0], data)


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
    begin, end = rng.choice([(0, len(data)), span(rng, data)])
    return data[:begin] + data[begin:end].replace(b",", rng.choice([b"\t", b";", b"|", b" ", b",,", b", "])) + data[end:]


def turn(rng, data, _):
    """Rows as columns: a wide layout."""
    table = [line.split(b",") for line in data.strip().split(b"\n")]
    width = max(map(len, table))
    return b"\n".join(b",".join(cells[k] if k < len(cells) else b"" for cells in table) for k in range(width))


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


def balanced(data: bytes, begin: int) -> int:
    """Where the value that begins here ends."""
    depth = 0
    for match in TOKEN.finditer(data, begin):
        depth += {b"{": 1, b"[": 1, b"}": -1, b"]": -1}.get(match[0], 0)
        if depth <= 0:
            return match.end()
    return len(data)


def json_value(rng, data, _):
    """A value of another type in the place of one; a value doubled, dropped, nested, or another of the file's."""
    starts = [m.start() for m in TOKEN.finditer(data) if m[0] not in b"}]:,"]
    if not starts:
        return data
    begin = rng.choice(starts)
    end, other = balanced(data, begin), rng.choice(starts)
    value = data[begin:end]
    deep = rng.choice([3, 600, 20000])
    return data[:begin] + rng.choice([
        lambda: rng.choice([b"null", b"true", b"[]", b"{}", b'""', b"0", b"[null]", b'{"a":1}', b'"\\ud800"', b'"\\u0000"']),
        lambda: b'"' + rng.choice(ODD_TEXTS).replace("\\", "").replace('"', "").encode() + b'"',
        lambda: rng.choice(HARD_NUMBERS).encode() or b"0",
        lambda: b"", lambda: value + b"," + value, lambda: b"[" + value + b"]", lambda: b"[" * deep + value + b"]" * deep,
        lambda: data[other : balanced(data, other)], lambda: b'{"type":' + value + b"}",
    ])() + data[end:]


def json_swap(rng, data, _):
    """Two values change places."""
    starts = [m.start() for m in TOKEN.finditer(data) if m[0] not in b"}]:,"]
    if len(starts) < 2:
        return data
    one, two = sorted(rng.sample(starts, 2))
    one_end, two_end = balanced(data, one), balanced(data, two)
    if one_end > two:
        return data[:one] + data[two:two_end] + data[one_end:]
    return data[:one] + data[two:two_end] + data[one_end:two] + data[one:one_end] + data[two_end:]


BLIND = [flip, insert, delete, double, truncate, splice, encode, line_ends]
NUMBERS = [numbers, numbers, numbers, scale]
TABLE = [rows, columns, columns, cell, cell, separators, turn, rows]
LINES = [words_of_lines, words_of_lines, words_of_lines, rows]
JSON = [json_value, json_value, json_value, json_swap, json_swap]

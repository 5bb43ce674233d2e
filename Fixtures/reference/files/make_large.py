#!/usr/bin/env python3
"""Files that are too large to keep, for measuring: make_large.py dta OUT.dta writes 50,000 observations of 20 variables
(release 118, 6.9 MB), make_large.py xlsx OUT.xlsx a sheet of the same numbers (7 MB), make_large.py shp IN.geojson OUT makes OUT.shp, OUT.dbf and OUT.prj of polygons."""
import json, random, struct, sys, zipfile


def dta(path):
    random.seed(19)
    rows = 50_000
    names = [f"{c}县" for c in "甲乙丙丁戊己庚辛"]
    plan = [("code", 6), ("name", 6), ("year", 65529), ("pop", 65528), ("region", 65530)]
    plan += [(f"x{k}", 65526) for k in range(13)] + [("f1", 65527), ("f2", 65527)]
    row = struct.Struct("<6s6shib13d2f")
    data = b"".join(
        row.pack(str(430101 + i // 10).encode(), names[i // 10 % 8].encode(), 2010 + i % 10, random.randrange(10**6),
                 random.randrange(1, 4), *(random.lognormvariate(5, 1) for _ in range(9)),
                 *(round(random.uniform(1, 1000), 2) for _ in range(6)))
        for i in range(rows))
    n = len(plan)
    pad = lambda texts, length: b"".join(t.encode().ljust(length, b"\0") for t in texts)
    head = (b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>" + struct.pack("<H", n) + b"</K><N>"
            + struct.pack("<Q", rows) + b"</N><label>\0\0</label><timestamp>\0</timestamp></header>")
    parts = [("variable_types", b"".join(struct.pack("<H", t) for _, t in plan)),
             ("varnames", pad([name for name, _ in plan], 129)), ("sortlist", b"\0" * 2 * (n + 1)),
             ("formats", pad(["%9s" if t < 2046 else "%9.0g" for _, t in plan], 57)),
             ("value_label_names", pad([""] * n, 129)), ("variable_labels", pad([""] * n, 321)),
             ("characteristics", b""), ("data", data), ("strls", b""), ("value_labels", b"")]
    at, body, offsets = len(head) + 11 + 14 * 8, b"", [0, len(head)]
    for tag, content in parts:
        offsets.append(at + len(body))
        body += b"<%s>" % tag.encode() + content + b"</%s>" % tag.encode()
    offsets += [at + len(body), at + len(body) + 12]
    with open(path, "wb") as out:
        out.write(head + b"<map>" + struct.pack("<14Q", *offsets) + b"</map>" + body + b"</stata_dta>")


def xlsx(path):
    random.seed(19)
    rows, names = 50_000, [f"{c}县" for c in "甲乙丙丁戊己庚辛"]
    columns = ["code", "name", "year", "pop", "region"] + [f"x{k}" for k in range(13)] + ["f1", "f2"]
    shared = names + columns
    letters = [chr(65 + k) for k in range(len(columns))]
    sheet = ["<row r=\"1\">" + "".join(f'<c r="{a}1" t="s"><v>{8 + k}</v></c>' for k, a in enumerate(letters)) + "</row>"]
    for i in range(rows):
        numbers = [2010 + i % 10, random.randrange(10**6), random.randrange(1, 4)]
        numbers += [random.lognormvariate(5, 1) for _ in range(9)] + [round(random.uniform(1, 1000), 2) for _ in range(6)]
        r = i + 2
        cells = f'<c r="A{r}" t="inlineStr"><is><t>{430101 + i // 10}</t></is></c><c r="B{r}" t="s"><v>{i // 10 % 8}</v></c>'
        cells += "".join(f'<c r="{a}{r}"><v>{v!r}</v></c>' for a, v in zip(letters[2:], numbers))
        sheet.append(f'<row r="{r}">{cells}</row>')
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    link = lambda kind, target, k: f'<Relationship Id="r{k}" Type="{office}/{kind}" Target="{target}"/>'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}">{link("officeDocument", "xl/workbook.xml", 1)}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="panel" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{link("worksheet", "worksheets/sheet1.xml", 1)}'
        f'{link("sharedStrings", "sharedStrings.xml", 2)}</Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">' + "".join(f"<si><t>{t}</t></si>" for t in shared) + "</sst>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(sheet)}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), head + text, zipfile.ZIP_DEFLATED)


def shp(source, stem):
    features = json.load(open(source))["features"]
    body, codes = b"", []
    for number, feature in enumerate(features):
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        rings = []
        for polygon in polygons:
            for k, ring in enumerate(polygon):
                area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))
                rings.append(ring if (area < 0) == (k == 0) else ring[::-1])
        points = [p for ring in rings for p in ring]
        starts = [sum(map(len, rings[:k])) for k in range(len(rings))]
        box = [f([p[k] for p in points]) for f in (min, max) for k in (0, 1)]
        content = struct.pack("<i4d2i", 5, *box, len(rings), len(points)) + struct.pack(f"<{len(rings)}i", *starts)
        content += b"".join(struct.pack("<2d", *p[:2]) for p in points)
        body += struct.pack(">2i", number + 1, len(content) // 2) + content
        codes.append(str(next(iter(feature["properties"].values()))))
    head = struct.pack(">i20xi", 9994, (100 + len(body)) // 2) + struct.pack("<2i64x", 1000, 5)
    open(stem + ".shp", "wb").write(head + body)
    length = max(map(len, codes))
    table = struct.pack("<4BIHH20x", 3, 124, 1, 1, len(codes), 65, 1 + length)
    table += b"code".ljust(11, b"\0") + b"C\0\0\0\0" + bytes([length]) + b"\0" * 15 + b"\r"
    open(stem + ".dbf", "wb").write(table + b"".join(b" " + c.encode().ljust(length) for c in codes) + b"\x1a")
    open(stem + ".prj", "w").write('GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"],UNIT["Degree",0.0174532925199433]]')


if __name__ == "__main__":
    {"dta": dta, "xlsx": xlsx, "shp": shp}[sys.argv[1]](*sys.argv[2:])

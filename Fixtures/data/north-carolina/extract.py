#!/usr/bin/env python3
"""Write counties-1981-1987.csv from the data set `Crime` of Debian's r-cran-plm.

    apt-get download r-cran-plm && dpkg-deb -x r-cran-plm_*.deb plm
    pip install rdata==1.1.0
    python3 extract.py plm/usr/lib/R/site-library/plm/data/Crime.rda > counties-1981-1987.csv

Nothing is computed: every number is written as R stores it, in the shortest digits that read back to the
same double. Two keys are spelt out (81 becomes 1981, county 1 becomes FIPS code 37001) and one column,
the county's name, is joined from the FIPS list.
"""

import csv
import sys

import rdata

# The 100 counties of North Carolina in the order of their FIPS codes 37001, 37003, … 37199.
NAMES = """Alamance,Alexander,Alleghany,Anson,Ashe,Avery,Beaufort,Bertie,Bladen,Brunswick,Buncombe,Burke,
Cabarrus,Caldwell,Camden,Carteret,Caswell,Catawba,Chatham,Cherokee,Chowan,Clay,Cleveland,Columbus,Craven,
Cumberland,Currituck,Dare,Davidson,Davie,Duplin,Durham,Edgecombe,Forsyth,Franklin,Gaston,Gates,Graham,
Granville,Greene,Guilford,Halifax,Harnett,Haywood,Henderson,Hertford,Hoke,Hyde,Iredell,Jackson,Johnston,
Jones,Lee,Lenoir,Lincoln,McDowell,Macon,Madison,Martin,Mecklenburg,Mitchell,Montgomery,Moore,Nash,
New Hanover,Northampton,Onslow,Orange,Pamlico,Pasquotank,Pender,Perquimans,Person,Pitt,Polk,Randolph,
Richmond,Robeson,Rockingham,Rowan,Rutherford,Sampson,Scotland,Stanly,Stokes,Surry,Swain,Transylvania,
Tyrrell,Union,Vance,Wake,Warren,Washington,Watauga,Wayne,Wilkes,Wilson,Yadkin,Yancey"""


def main(path: str) -> None:
    crime = rdata.read_rda(path)["Crime"]
    names = [name.strip() for name in NAMES.replace("\n", "").split(",")]
    name_of = {1 + 2 * position: name for position, name in enumerate(names)}
    texts = ["region", "smsa"]
    numbers = [name for name in crime.columns if name not in ["county", "year", *texts]]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["code", "year", "county", *texts, *numbers])
    for _, row in crime.iterrows():
        key = [37000 + int(row["county"]), 1900 + int(row["year"]), name_of[int(row["county"])]]
        out.writerow(key + [row[name] for name in texts] + [repr(float(row[name])) for name in numbers])


main(sys.argv[1])

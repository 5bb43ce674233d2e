"""A pydynpd run: pydynpd.py FILE.csv COMMAND UNIT,TIME."""
import sys

sys.path.pop(0)  # This file has the package's name.
import pandas
from pydynpd import regression

regression.abond(sys.argv[2], pandas.read_csv(sys.argv[1]), sys.argv[3].split(","))

#!/usr/bin/env python3
"""Golden files of the curve fitters.

    make_curves.py fits.json > gagurine_curves.txt
    make_curves.py nist/ > nist_polynomials.txt

fits.json: polynomial and B-spline regressions of gagurine.csv, GAG on Age, by
R 4.2.2 (lm with poly (raw = FALSE) and splines::splineDesign).  nist/: data
and certified parameters of the linear problems of NIST's Statistical Reference
Datasets (public domain) as NAME.csv and certified_linear_parameters.csv."""
import csv
import json
import os
import sys

PROBLEMS = ["Norris", "Pontius", "Filip", "Wampler1", "Wampler2", "Wampler3",
            "Wampler4", "Wampler5"]


def line(name, values):
    print(name, len(values), *values)


def curves(path):
    fits = json.load(open(path))
    print("# gagurine.csv (R package MASS, data set GAGurine, GPL-2 or GPL-3):")
    print("# fits by R 4.2.2 at the grid; made by make_curves.py")
    line("grid", fits["grid"])
    for f in fits["polynomial"]:
        print("poly degree=%d" % f["degree"])
        line("fit", f["fit"])
    for f in fits["bspline"]:
        if f["order"] == 4:
            equal = f["label"].startswith("uniform")
            print("bspline knots=%d,equal=%d" % (len(f["breaks"]) - 2, equal))
            line("fit", f["fit"])


def nist(folder):
    print("# NIST StRD linear problems with one input (public domain):")
    print("# certified coefficients from B0 up, x, y; made by make_curves.py")
    rows = csv.DictReader(
        open(os.path.join(folder, "certified_linear_parameters.csv")))
    certified = {}
    for r in rows:
        certified.setdefault(r["problem"], []).append(r["certified"])
    for name in PROBLEMS:
        data = list(csv.DictReader(open(os.path.join(folder, name + ".csv"))))
        print("problem", name)
        line("b", certified[name])
        line("x", [r["x"] for r in data])
        line("y", [r["y"] for r in data])


if os.path.isdir(sys.argv[1]):
    nist(sys.argv[1])
else:
    curves(sys.argv[1])

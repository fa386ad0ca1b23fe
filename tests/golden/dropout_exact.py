#!/usr/bin/env python3
"""Write dropout_exact.txt: tiny networks under all their masks (inverted
scaling), from the reference values in JSON that another program made by brute
force.   usage: dropout_exact.py dropout_exact.json > dropout_exact.txt"""
import json
import sys


def line(key, numbers):
    print(key, *(repr(float(x)) for x in numbers))


print("# net UNIT INPUT-DROPOUT DEPTH WIDTH...; weights by layer, each unit's"
      " in a row, then biases;")
print("# case: x1 x2 keep; linear: scaled mean variance min max; logistic:"
      " the same, geometric mean,")
print("# of the complement, normalised.  By dropout_exact.py.")
for net in json.load(open(sys.argv[1]))["nets"]:
    layers = net["weights"]
    widths = [len(layers[0]["W"][0])] + [len(a["W"]) for a in layers]
    print("net", net["activation"], int(net["dropout_on_input"]),
          len(widths) - 2, *widths)
    for a in layers:
        line("weights", [x for row in a["W"] for x in row] + a["b"])
    for c in net["cases"]:
        if c["convention"] != "inverted":
            continue
        a, b = c["linear"], c["logistic"]
        line("case", c["x"] + [c["p_keep"]])
        line("linear", [c["weight_scaling"], a["arithmetic_mean"],
                        a["variance"], a["min"], a["max"]])
        line("logistic", [b["weight_scaling"], b["arithmetic_mean"],
                          b["variance"], b["min"], b["max"],
                          b["geometric_mean"],
                          b["geometric_mean_of_complement"],
                          b["normalised_geometric_mean"]])

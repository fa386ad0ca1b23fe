"""Bagged full regression trees by scikit-learn on one thread.

trees.py TRAIN.csv TEST.csv [MEMBERS [MTRY [best|random]]] prints CPU seconds
of fit and predict together, the error, CPU seconds of predict alone and the
spread (the root of the trees' variance in the mean over the test rows).
MEMBERS is 100, MTRY 0 (all columns are tried at every split); leaves of one
row.  Random: extra-trees, on bootstrap samples.
"""
import sys
import time

import numpy
from sklearn.ensemble import ExtraTreesRegressor, RandomForestRegressor

train, test = (numpy.loadtxt(path, delimiter=",", skiprows=1)
               for path in sys.argv[1:3])
option = sys.argv[3:] + ["100", "0", "best"][len(sys.argv) - 3:]
kind = RandomForestRegressor if option[2] == "best" else ExtraTreesRegressor
start = time.process_time()
forest = kind(n_estimators=int(option[0]), max_features=int(option[1]) or 1.0,
              n_jobs=1, bootstrap=True, random_state=1)
forest.fit(train[:, :-1], train[:, -1])
middle = time.process_time()
t = forest.predict(test[:, :-1])
end = time.process_time()
single = numpy.array([tree.predict(test[:, :-1]) for tree in forest])
print("%.4f %.5f %.4f %.5f" % (
    end - start, numpy.sqrt(numpy.mean((t - test[:, -1])**2)), end - middle,
    numpy.sqrt(single.var(0, ddof=1).mean())))

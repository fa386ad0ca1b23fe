"""100 bagged full regression trees by scikit-learn on one thread.

trees.py TRAIN.csv TEST.csv prints CPU seconds of fit and predict, and the
error.  All columns are tried at every split (max_features=1.0).
"""
import sys
import time

import numpy
from sklearn.ensemble import RandomForestRegressor

train, test = (numpy.loadtxt(path, delimiter=",", skiprows=1)
               for path in sys.argv[1:3])
start = time.process_time()
forest = RandomForestRegressor(n_estimators=100, max_features=1.0, n_jobs=1,
                               random_state=1)
forest.fit(train[:, :-1], train[:, -1])
t = forest.predict(test[:, :-1])
seconds = time.process_time() - start
print("%.4f %.5f" % (seconds, numpy.sqrt(numpy.mean((t - test[:, -1])**2))))

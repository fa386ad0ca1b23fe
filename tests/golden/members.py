"""Members of a random forest of scikit-learn that draws half of the rows, and
estimates computed here from their formulas: python3 members.py (in this
folder).  Writes members_sklearn.csv (members x points), members_drawn.csv (row
numbers from 1, members x draws) and members_sklearn.txt."""
import numpy as np
from sklearn.ensemble import BaggingRegressor
from sklearn.tree import DecisionTreeRegressor

rng = np.random.default_rng(7)
X = rng.random((30, 3))
y = np.sin(6 * X[:, 0]) + X[:, 1] + rng.normal(size=30) / 4
P = np.column_stack([np.linspace(.05, .95, 8), np.full((8, 2), .5)])
bag = BaggingRegressor(DecisionTreeRegressor(), n_estimators=25,
                       max_samples=0.5, bootstrap=False, random_state=3)
bag.fit(X, y)
T = np.array([float("%.9g" % t) for e in bag.estimators_
              for t in e.predict(P)]).reshape(25, 8)
drawn = np.array(bag.estimators_samples_)
np.savetxt("members_sklearn.csv", T, fmt="%.9g", delimiter=",")
np.savetxt("members_drawn.csv", drawn + 1, fmt="%d", delimiter=",")

N = np.array([np.bincount(d, minlength=30) for d in drawn])
B, n = N.shape
v = T.var(0)
C = (N - N.mean(0)).T @ (T - T.mean(0)) / B
factor = (n - 1) / n / (1 - .5) ** 2
ij = (C ** 2).sum(0)
ij_u = ij - N.var(0).sum() * v / B
out = (N == 0).sum(0)
D = np.array([T[N[:, i] == 0].mean(0) - T.mean(0) for i in range(n)])
jab = (n - 1) / n * (D ** 2).sum(0)
jab_u = jab - (n - 1) / n * (1 / out - 1 / B).sum() * v
np.savetxt("members_sklearn.txt",
           np.column_stack([T.mean(0), factor * ij, factor * ij_u, jab,
                            jab_u]), fmt="%.15g", delimiter="\t", comments="",
           header="mean\tvar_ij\tvar_ij_u\tvar_jab\tvar_jab_u")

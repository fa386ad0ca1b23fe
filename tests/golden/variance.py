"""Members at the rows that they were drawn from, and what `bagdrop variance'
says of them, computed here from the formulas with numpy and scikit-learn:
python3 variance.py (in this folder).  Writes variance_members.csv (members x
rows), variance_counts.csv (members x rows), variance_y.csv (y and a class) and
variance.txt (a table of rows, then numbers by name)."""
import numpy as np
from sklearn import metrics

rng = np.random.default_rng(11)
n, B = 50, 39
x = np.sort(rng.random(n))
signal = .5 + .4 * np.sin(6 * x)
y = np.round(np.clip(signal + rng.normal(size=n) / 9, .01, .99), 3) + .0005
label = (y > .5).astype(int)
N = np.array([np.bincount(rng.integers(0, n, n), minlength=n)
              for b in range(B)])
near = np.exp(-((x[:, None] - x) / .03) ** 2) + 1e-6
T = np.round((N * y) @ near / (N @ near), 3)
np.savetxt("variance_members.csv", T, fmt="%.3f", delimiter=",")
np.savetxt("variance_counts.csv", N, fmt="%d", delimiter=",")
np.savetxt("variance_y.csv", np.column_stack([y, label]), fmt="%.10g",
           delimiter=",", header="y,label", comments="")


def ij_parts(T, N):
    """Squared covariances less what chance adds, rows x points."""
    B = len(T)
    C = (N - N.mean(0)).T @ (T - T.mean(0)) / B
    return C ** 2 - np.outer(N.var(0), T.var(0)) / B


def share(keep):
    return ij_parts(T[keep], N[keep]).sum() / T[keep].var(0).sum()


def crps(keep):
    t = T[keep]
    B = len(t)
    pairs = np.abs(t[:, None] - t).sum((0, 1)) / (2 * B * (B - 1))
    return np.abs(t - y).mean(0) - pairs


def spread_skill(keep, rows=slice(None)):
    t, z = T[keep][:, rows], y[rows]
    B = len(t)
    return np.sqrt((t.var(0, ddof=1) * (1 + 1 / B)).sum()
                   / ((t.mean(0) - z) ** 2).sum())


def delete_group(of, count, G=20):
    theta = np.array([of(np.arange(count) % G != g) for g in range(G)])
    return np.sqrt((G - 1) / G * ((theta - theta.mean()) ** 2).sum())


all_of = np.full(B, True)
mean = T.mean(0)
e2 = (y - mean) ** 2
se = lambda s: s.std(ddof=1) / np.sqrt(n)
part = ij_parts(T, N).mean(1)
mu = np.array([T[N[:, i] == 0].mean(0) for i in range(n)])
r = np.abs(y - np.diag(mu))
lo = np.sort(mu - r[:, None], 0)[int(.1 * (n + 1)) - 1]
hi = np.sort(mu + r[:, None], 0)[int(np.ceil(.9 * (n + 1))) - 1]
K = (N == 0).sum(0)
v = np.array([T[N[:, i] == 0, i].var(ddof=1) for i in range(n)])
rank = np.histogram(((T < y).sum(0) + .5) / (B + 1), 10, (0, 1))[0]
g6 = lambda a, *more: "%.6g" % a + "".join(" %.2g" % m for m in more)
number = {
    "additive share": "%.3g %.2g" % (share(all_of), delete_group(share, B)),
    "rmse of the mean": g6(np.sqrt(e2.mean()),
                           se(e2) / 2 / np.sqrt(e2.mean())),
    "rmse of a member": g6(np.sqrt(((T - y) ** 2).mean())),
    "ambiguity (mean variance between members)": g6(T.var(0).mean()),
    "crps of the members (fair)":
        g6(crps(all_of).mean(), se(crps(all_of)),
           delete_group(lambda k: crps(k).mean(), B)),
    "spread over skill":
        g6(spread_skill(all_of),
           delete_group(lambda k: spread_skill(all_of, k), n),
           delete_group(spread_skill, B)),
    "mae": g6(np.abs(y - mean).mean(), se(np.abs(y - mean))),
    "ranks": " ".join(map(str, rank)),
    "chi-square": "%.3g" % ((rank - n / 10) ** 2 / (n / 10)).sum(),
    "out-of-bag rmse":
        g6(np.sqrt(((y - np.diag(mu)) ** 2 - v / K).mean())),
    "out-of-bag mae": g6(r.mean(), se(r)),
    "log_loss": g6(metrics.log_loss(label, mean)),
    "brier": g6(metrics.brier_score_loss(label, mean)),
    "auc": g6(metrics.roc_auc_score(label, mean)),
}
with open("variance.txt", "w") as to:
    for row in zip(lo, hi, part / part.sum()):
        to.write("\t".join("%.15g" % a for a in row) + "\n")
    for name, value in number.items():
        to.write("%s: %s\n" % (name, value))

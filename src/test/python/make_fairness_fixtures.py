"""Writes a small audit and what NumPy makes of it, for FairnessFixturesTest.

    python make_fairness_fixtures.py ../resources/fixtures/fairness

rows.csv has 400 images of three classes with two attributes, some without a label, some rejected; expected.csv has metric, attribute, group, n and value
for every group, every pair of values and every attribute as a whole. The definitions are those of the papers, image by image (benefits, one-vs-rest
decisions), and know nothing of the closed forms that Java uses.
"""

import csv
import itertools
import pathlib
import sys

import numpy as np

CLASSES = ["cup", "mug", "jug"]
MIN_GROUP = 30


def generalised_entropy(benefits):
    mu = benefits.mean()
    return np.nan if mu == 0 else np.mean((benefits / mu) ** 2 - 1) / 2


def theil(benefits):
    mu = benefits.mean()
    if mu == 0:
        return np.nan
    shares = benefits / mu
    positive = shares[shares > 0]
    return np.sum(positive * np.log(positive)) / len(benefits)


def rate(hits, among):
    return (np.nan if among.sum() == 0 else hits[among].mean(), int(among.sum()))


class Images:
    def __init__(self, columns):
        self.c = columns
        self.scored = ~columns["rejected"]
        self.judged = self.scored & (columns["label"] >= 0)
        self.right = columns["label"] == columns["predicted"]

    def within(self, mask):
        return Images({name: values[mask] for name, values in self.c.items()})

    def selection(self, k):
        return rate(self.c["predicted"] == k, self.scored)

    def true_positives(self, k):
        return rate(self.c["predicted"] == k, self.judged & (self.c["label"] == k))

    def false_positives(self, k):
        return rate(self.c["predicted"] == k, self.judged & (self.c["label"] != k))

    def metrics(self):
        label, predicted = self.c["label"][self.judged], self.c["predicted"][self.judged]
        n = len(label)
        correct = (label == predicted).astype(float)
        yield ("accuracy", *rate(self.right, self.judged))
        yield ("reject-rate", *rate(self.c["rejected"], np.ones(len(self.right), bool)))
        yield "confidence", self.c["confidence"][self.scored].mean(), int(self.scored.sum())
        yield "confidence.spread", self.c["confidence"][self.scored].std(ddof=1), int(self.scored.sum())
        yield "overconfidence", self.c["confidence"][self.judged].mean() - correct.mean(), n
        bins = np.clip(np.ceil(self.c["confidence"][self.judged] * 15).astype(int), 1, 15)
        residuals = correct - self.c["confidence"][self.judged]
        yield "calibration-error", sum(abs(residuals[bins == b].sum()) for b in range(1, 16)) / n, n
        yield "balanced-accuracy", np.nanmean([self.true_positives(k)[0] for k in range(3)]), n
        yield "false-positive-rate.macro", np.nanmean([self.false_positives(k)[0] for k in range(3)]), n
        yield "generalised-entropy", generalised_entropy(correct), n
        yield "theil", theil(correct), n
        for k, name in enumerate(CLASSES):
            yield (f"selection-rate[{name}]", *self.selection(k))
            yield (f"true-positive-rate[{name}]", *self.true_positives(k))
            yield (f"false-positive-rate[{name}]", *self.false_positives(k))
            yield (f"precision[{name}]", *rate(self.c["label"] == k, self.judged & (self.c["predicted"] == k)))
            benefits = 1.0 + (predicted == k) - (label == k)
            yield f"generalised-entropy[{name}]", generalised_entropy(benefits), n
            yield f"theil[{name}]", theil(benefits), n


def enough(rates):
    return [value for value, n in rates if n >= MIN_GROUP]


def spread(rates):
    values = enough(rates)
    return np.nan if len(values) < 2 else max(values) - min(values)


def over_all(groups):
    for k, name in enumerate(CLASSES):
        s = [g.selection(k) for g in groups]
        t = [g.true_positives(k) for g in groups]
        f = [g.false_positives(k) for g in groups]
        selected = enough(s)
        yield f"demographic-parity-difference[{name}]", spread(s)
        yield f"demographic-parity-ratio[{name}]", min(selected) / max(selected) if len(selected) > 1 else np.nan
        yield f"equal-opportunity-difference[{name}]", spread(t)
        yield f"equalised-odds-difference[{name}]", max(spread(t), spread(f)) if spread(t) == spread(t) else np.nan
    cells = enough([g.true_positives(k) for g in groups for k in range(3)])
    yield "worst-group-accuracy", min(cells) if cells else np.nan


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(61)
    n = 400
    site = rng.choice(["main", "annex", "(missing)"], n, p=[0.55, 0.4, 0.05])
    tag = rng.choice(["yes", "no"], n, p=[0.35, 0.65])
    label = rng.choice(3, n, p=[0.5, 0.3, 0.2])
    wrong = rng.random(n) < np.where(site == "annex", 0.35, 0.12)
    predicted = np.where(wrong, (label + rng.integers(1, 3, n)) % 3, label)
    # The tag is taken for a mug.
    predicted = np.where((tag == "yes") & (rng.random(n) < 0.3), 1, predicted)
    label = np.where(rng.random(n) < 0.05, -1, label)
    columns = {
        "label": label,
        "predicted": predicted,
        "confidence": rng.integers(340, 1000, n) / 1000,
        "rejected": rng.random(n) < 0.03,
        "site": site,
        "tag": tag,
    }
    names = ["label", "predicted", "confidence", "rejected", "site", "tag"]
    with open(folder / "rows.csv", "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(names)
        for i in range(n):
            writer.writerow([columns[name][i] for name in names])

    whole = Images(columns)
    partitions = {
        name: {value: whole.within(columns[name] == value) for value in sorted(set(columns[name]))}
        for name in ("site", "tag")
    }
    partitions["site × tag"] = {
        f"{s} × {t}": whole.within((site == s) & (tag == t))
        for s, t in itertools.product(partitions["site"], partitions["tag"])
        if ((site == s) & (tag == t)).any()
    }
    with open(folder / "expected.csv", "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["metric", "attribute", "group", "n", "value"])
        for metric, value, count in whole.metrics():
            writer.writerow([metric, "*", "*", count, repr(float(value))])
        for attribute, groups in partitions.items():
            for group, images in groups.items():
                for metric, value, count in images.metrics():
                    writer.writerow([metric, attribute, group, count, repr(float(value))])
            for metric, value in over_all(list(groups.values())):
                writer.writerow([metric, attribute, "*", "", repr(float(value))])


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

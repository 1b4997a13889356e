"""Ordinary files are never asked about or changed; the same with totals planted in them always are."""

import collections
import csv
import datetime
import io
import random

from reader import is_refused, read

BREAKDOWNS = {"Age": ("18-24", "25-34", "35-44", "45-54"), "Gender": ("female", "male", "unknown"),
              "Device": ("Mobile", "Desktop", "Tablet"), "Country": ("DE", "FR", "US", "NL", "")}
NAMES = ("Spring", "All products", "Total Wireless", "Brand", "Search | all", "Sale 50%", "Sum 41", "Retargeting", "B", "A")
# what a planted total may be called where it adds up a breakdown, or all names
LABELS = {"Age": ("All", "18-65+", "All ages", "13+", "Total", ""), "Gender": ("All", "All genders", "any", ""),
          "Device": ("All devices", "All", "Every device", "Mobile+Desktop", ""), "Country": ("All countries", "World", "Total"),
          "Campaign": ("Sum of the day", "Whole account", "All campaigns", "Total", "Account"), "Ad": ("All ads", "Sum", "*", "Total", "")}
SCALES = (1, 3, 20, 500, 20_000)


def ordinary(dice, least_scale=0):
    """(header, rows) of an ordinary file: whatever rows a platform gives, without totals."""
    breakdowns = dice.sample(sorted(BREAKDOWNS), dice.choice((0, 0, 1, 1, 2)))
    levels = ["Campaign", "Ad group", "Ad"][:dice.choice((1, 1, 2, 3))]
    first = datetime.date(2026, 3, 2)
    days = [(first + datetime.timedelta(i)).isoformat() for i in range(dice.choice((1, 1, 2, 3, 7, 14, 28)))]
    scale, share = dice.choice(SCALES[least_scale:]), dice.choice((1, 1, 0.9, 0.5))
    names = []
    for campaign in dice.sample(NAMES, dice.choice((1, 1, 2, 3, 5))):
        # a campaign without ad groups has dashes there
        is_flat = dice.random() < 0.15 and not least_scale
        for group in ["--"] if is_flat else ["g", "All", "h"][:dice.choice((1, 1, 2, 3))]:
            for ad in ["--"] if is_flat else ["x", "y", "z"][:dice.choice((1, 1, 2, 3))]:
                names.append((campaign, group, ad)[:len(levels)])
    names = list(dict.fromkeys(names))
    rows = []
    for day in days:
        for name in names:
            for values in product([BREAKDOWNS[b][:dice.choice((1, 2, 3, 5))] for b in breakdowns]):
                if dice.random() < share:
                    impressions = dice.choice((0, dice.randint(0, scale), dice.randint(0, scale), int(scale * dice.random() ** 3)))
                    clicks = dice.randint(0, impressions // dice.choice((1, 3, 20, 50)))
                    rows.append([*name, day, *values, impressions, clicks])
    if dice.random() < 0.3:
        dice.shuffle(rows)
    return [*levels, "Day", *breakdowns, "Impr.", "Clicks"], rows or [[*names[0], days[0], *["DE"] * len(breakdowns), 5, 1]]


def product(lists):
    """Every way to take one of each list."""
    ways = [()]
    for values in lists:
        ways = [(*way, value) for way in ways for value in values]
    return ways


def planted(dice, header, rows):
    """The rows with totals over one column planted, or None if nothing has two parts."""
    column = dice.choice([name for name in header if name in LABELS])
    place = header.index(column)
    over = {place} if column in BREAKDOWNS else {i for i in range(place, len(header) - 2) if header[i] != "Day"}
    label = dice.choice(LABELS[column])
    rest = dice.choice(("", "--"))
    groups = collections.OrderedDict()
    for row in rows:
        groups.setdefault(tuple(cell for i, cell in enumerate(row[:-2]) if i not in over), []).append(row)
    bits = 0
    made = []
    for parts in groups.values():
        total = list(parts[0])
        for i in over:
            total[i] = label if i == place else rest
        total[-2:] = [sum(row[i] for row in parts) for i in (-2, -1)]
        bits += (total[-2].bit_length() + total[-1].bit_length()) * (sum(row[-2] > 0 for row in parts) > 1)
        made += [total] + parts if dice.random() < 0.5 else parts + [total]
    return (made, column, label) if bits > 24 else None


def text(header, rows):
    """The file."""
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


def sums(rows):
    """(clicks, impressions) of the rows as an answer has them."""
    return tuple(str(sum(row[i] for row in rows)) for i in (-1, -2))


def test(count, number=400, seed=7):
    """Check so many files, each as it is and with totals planted."""
    for i in range(number):
        dice = random.Random(seed * 100000 + i)
        header, rows = ordinary(dice)
        answer = read(text(header, rows))
        count.check("ordinary file %d of seed %d" % (i, seed), answer.status == 0 and answer.totals()[:2] == sums(rows)
                    and "totals of others:" not in answer.told, answer.err, sums(rows), text(header, rows[:20]))
        header, rows = ordinary(dice, 3)
        plant = planted(dice, header, rows)
        if plant:
            answer = read(text(header, plant[0]))
            asked = is_refused(answer, "--leave-out=")
            count.check("planted file %d of seed %d" % (i, seed), asked or answer.totals()[:2] == sums(rows)
                        and "totals of others:" in answer.told, plant[1:], answer.err, answer.totals(), sums(rows),
                        text(header, plant[0][:20]))

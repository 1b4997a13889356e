#!/usr/bin/env python3
"""Makes test/unit/statistics_cases.h, by arithmetic of 60 digits and more.

    apt-get install python3-mpmath
    python3 test/unit/make_statistics_cases.py > test/unit/statistics_cases.h

Nothing here is computed as src/statistics computes it: Student's probabilities come
from the hypergeometric function, Fisher's from adding up every table, samples
of blocks from whole numbers.  It takes a minute.
"""
from fractions import Fraction
from mpmath import beta, exp, findroot, hyp2f1, log, loggamma, log1p, mp, mpf, nstr, sqrt

mp.dps = 60


def digits(number):
    return nstr(number, 17, min_fixed=0, max_fixed=0)


def p_value(t, df):
    """The probability outside of -t and t."""
    kept = mp.dps
    # what is subtracted from 1 must have digits enough
    mp.dps = kept + 20 + int((df + 1) / 2 * log1p(t * t / df) / log(10)) + \
        int(abs(log(t, 10)) * 2)
    a, half, y = mpf(df) / 2, mpf(1) / 2, t * t / (df + t * t)
    inside = sqrt(y) * (1 - y) ** a / (half * beta(a, half)) * \
        hyp2f1(a + half, 1, half + 1, y)
    outside = 1 - inside
    mp.dps = kept
    return +outside


def quantile(confidence, df, start):
    with mp.workdps(40):
        return findroot(lambda u: log(p_value(exp(u), df) / (1 - confidence)), log(start)), confidence


def student_cases():
    dfs = ['3', '3.5', '4', '7.25', '10', '41', '100', '1234.5', '10000', '99999',
           '100001', '1000000', '20000000']
    ts = ['1e-8', '0.01', '0.5', '1', '1.41', '1.42', '2', '3', '5', '10', '20', '30', '37']
    cases = [(t, df) for df in dfs for t in ts]
    cases += [('1e50', '3'), ('1e99', '3'), ('1e30', '9.5'), ('1e11', '25'), ('5000', '100')]
    for t, df in cases:
        # the program's numbers are doubles
        yield mpf(float(t)), mpf(float(df)), t, df


def fisher_p_value(ka, na, kb, nb):
    """The sum over all tables that are no more likely."""
    clicks, impressions = ka + kb, na + nb
    lowest, highest = max(0, clicks - nb), min(clicks, na)

    def log_choose(n, k):
        return loggamma(mpf(n) + 1) - loggamma(mpf(k) + 1) - loggamma(mpf(n - k) + 1)

    p = exp(log_choose(na, lowest) + log_choose(nb, clicks - lowest) -
            log_choose(impressions, clicks))
    tables = [p]
    for x in range(lowest, highest):
        p = p * (clicks - x) * (na - x) / ((x + 1) * (nb - clicks + x + 1))
        tables.append(p)
    limit = tables[ka - lowest] * (1 + mpf(10) ** -7)
    return sum(p for p in tables if p <= limit)


FISHER = [
    (2, 944, 36000, 204000000), (25, 28333, 36000, 204000000), (30, 1000, 20, 1000),
    (300, 1000, 100, 1000), (200, 1000, 20, 1000), (5, 100, 5, 100), (0, 10, 5, 10),
    (10, 10, 0, 20), (1, 1, 1, 100), (3, 5, 1, 4), (0, 50, 1, 2), (315, 10000, 260, 10000),
    (3, 10, 40000, 100000), (9, 10, 40000, 100000), (99995, 100000, 40, 50),
    (1, 10 ** 18, 40, 10 ** 18), (7, 10 ** 6, 1, 10 ** 12), (600, 10 ** 6, 5000, 10 ** 7),
    (0, 10 ** 12, 700, 10 ** 12), (10 ** 18 - 1, 10 ** 18, 10 ** 18 - 41, 10 ** 18),
]


def block(i, recipe):
    """Block i, of whole numbers; ratio_statistics_test.c has the same."""
    y0, y_step, x0, x_step = recipe
    return x0 + x_step * (i * 48271 % 1009), y0 + y_step * (i * 16807 % 997)


# blocks of a and b, and their recipes
RATIO = [
    (4, 4, (100, 7, 3, 1), (90, 9, 3, 1)),
    (7, 14, (1000, 10, 20, 1), (3000, 1, 90, 1)),
    (60, 30, (20000, 31, 400, 3), (20000, 47, 100, 1)),
    (365, 28, (5, 1, 10, 1), (5, 1, -300, 1)),
    (1000, 1000, (1000000000000000, 1000000000, 20000000000000, 100000000),
     (1000000000000000, 1000000000, 20000000000900, 100000000)),
    (100000, 50000, (999, 77, 12345, 5), (999, 77, 12345, 5)),
    (10000000, 10000000, (20000, 31, 400, 3), (20000, 31, 406, 3)),
    (10000000, 4, (20000, 31, 400, 3), (20000, 31, 406, 3)),
    (200, 200, (100000, 1, 50000, 1), (100000, 1, 53500, 1)),
]


def sample(n, recipe):
    period = 1009 * 997
    sums = [0] * 5

    def add(first, last, times):
        for i in range(first, last):
            x, y = block(i, recipe)
            for j, value in enumerate((x, y, x * x, x * y, y * y)):
                sums[j] += value * times
    if n >= period:
        add(0, period, n // period)
    add(0, n % period, 1)
    x, y, xx, xy, yy = sums
    return (n, x, y, Fraction(xx) - Fraction(x * x, n), Fraction(xy) - Fraction(x * y, n),
            Fraction(yy) - Fraction(y * y, n))


def real(fraction):
    return mpf(fraction.numerator) / mpf(fraction.denominator)


def rate_and_variance(s):
    n, x, y, xx, xy, yy = s
    rate = Fraction(x, y)
    residual = xx - 2 * rate * xy + rate * rate * yy
    return real(rate), real(Fraction(n, n - 1) * residual / Fraction(y) ** 2)


def ratio_case(na, nb, recipe_a, recipe_b):
    ra, va = rate_and_variance(sample(na, recipe_a))
    rb, vb = rate_and_variance(sample(nb, recipe_b))
    t = (ra - rb) / sqrt(va + vb)
    df = (va + vb) ** 2 / (va ** 2 / (na - 1) + vb ** 2 / (nb - 1))
    reach = exp(quantile(mpf('0.95'), df, mpf(2.5))[0])
    interval = reach * sqrt(va / ra ** 2 + vb / rb ** 2)
    low = exp(log(ra / rb) - interval) - 1 if ra * rb > 0 else mpf(0)
    high = exp(log(ra / rb) + interval) - 1 if ra * rb > 0 else mpf(0)
    error_a = sqrt(va) * exp(quantile(mpf('0.95'), mpf(na - 1), mpf(2.5))[0])
    return ra, error_a, ra / rb - 1, low, high, t, df, p_value(abs(t), df) if t else mpf(1)


def numbers(values):
    return ', '.join(digits(v) for v in values)


def main():
    print('/* Made by make_statistics_cases.py: do not edit. */\n')
    print('/* t, degrees of freedom, p value */\nstatic const double student_cases[][3] = {')
    for t, df, t_text, df_text in student_cases():
        p = p_value(t, df)
        if p > mpf(10) ** -300:
            print('\t{%s, %s, %s},' % (t_text, df_text, digits(p)))
    print('};\n\n/* confidence, degrees of freedom, quantile */')
    print('static const double quantile_cases[][3] = {')
    for df in ['3', '3.5', '6', '13', '59', '1000', '50000', '200000', '20000000']:
        for confidence in ['0.001', '0.3', '0.5', '0.8', '0.95', '0.99', '0.999999', '0.9999999999']:
            root, _ = quantile(mpf(float(confidence)), mpf(float(df)),
                               mpf(2) if float(confidence) > 0.6 else mpf(float(confidence)))
            print('\t{%s, %s, %s},' % (confidence, df, digits(exp(root))))
    print('};\n\n/* clicks and impressions of a and b, p value */')
    print('static const struct\n{\n\tint64_t\t\tka,\n\t\t\t\tna,\n\t\t\t\tkb,\n\t\t\t\tnb;\n\tdouble\t\tp_value;\n}\t\t\tfisher_cases[] = {')
    for case in FISHER:
        print('\t{%s, %s},' % (', '.join('INT64_C(%d)' % c for c in case),
                               digits(fisher_p_value(*case))))
    print('};\n\n/*\n * Blocks of a and b, and the recipes for them; the rate of a and the reach of\n'
          ' * its interval; lift, low, high, t, df and p value of the test.\n */')
    print('static const struct\n{\n\tint64_t\t\tna,\n\t\t\t\tnb;\n\tint64_t\t\ta[4],\n\t\t\t\tb[4];\n'
          '\tdouble\t\trate,\n\t\t\t\treach,\n\t\t\t\tlift,\n\t\t\t\tlow,\n\t\t\t\thigh,\n\t\t\t\tt,\n\t\t\t\tdf,\n\t\t\t\tp_value;\n}\t\t\tratio_cases[] = {')
    for na, nb, a, b in RATIO:
        print('\t{%d, %d, {%s}, {%s},\n\t\t%s},' % (
            na, nb, ', '.join('INT64_C(%d)' % v for v in a), ', '.join('INT64_C(%d)' % v for v in b),
            numbers(ratio_case(na, nb, a, b))))
    print('};')


main()

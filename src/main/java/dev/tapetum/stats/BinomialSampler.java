package dev.tapetum.stats;

import java.util.random.RandomGenerator;

/**
 * Exact draws from the binomial distribution at a cost that does not grow with the number of trials, also when the
 * parameters change with every draw (conditional binomials of a multinomial).
 *
 * <p>With q = min(p, 1−p): n·q &lt; 10 by inversion (sequential search from 0); otherwise by transformed rejection with
 * squeeze, algorithm BTRS of Hörmann, "The generation of binomial random variates", J. Stat. Comput. Simul. 46 (1993).
 * The distribution in Commons Statistics samples by inverting the regularised beta function, some hundred times slower.
 *
 * <ul>
 *   <li>p ≤ 0 gives 0 and p ≥ 1 gives n, so that rounding in a conditional probability does no harm.
 *   <li>n = 0 gives 0.
 * </ul>
 */
final class BinomialSampler {
    private static final double INVERSION_BELOW = 10;

    private BinomialSampler() {}

    static long sample(long n, double p, RandomGenerator random) {
        if (n < 0 || Double.isNaN(p)) {
            throw new IllegalArgumentException("no binomial with n = " + n + ", p = " + p);
        }

        if (n == 0 || p <= 0) {
            return 0;
        }

        if (p >= 1) {
            return n;
        }

        if (p > 0.5) {
            return n - lowerHalf(n, 1 - p, random);
        }

        return lowerHalf(n, p, random);
    }

    private static long lowerHalf(long n, double p, RandomGenerator random) {
        return n * p < INVERSION_BELOW ? invert(n, p, random) : reject(n, p, random);
    }

    private static long invert(long n, double p, RandomGenerator random) {
        double odds = p / (1 - p);
        double probability = Math.exp(n * Math.log1p(-p));
        double u = random.nextDouble();
        long k = 0;
        while (u > probability && k < n) {
            u -= probability;
            k++;
            probability *= odds * (n - k + 1) / k;
        }

        return k;
    }

    private static long reject(long n, double p, RandomGenerator random) {
        double odds = p / (1 - p);
        double deviation = Math.sqrt(n * p * (1 - p));
        double b = 1.15 + 2.53 * deviation;
        double a = -0.0873 + 0.0248 * b + 0.01 * p;
        double centre = n * p + 0.5;
        double squeeze = 0.92 - 4.2 / b;
        double alpha = (2.83 + 5.1 / b) * deviation;
        long mode = (long) Math.floor((n + 1) * p);

        while (true) {
            double u = random.nextDouble() - 0.5;
            double v = random.nextDouble();
            double us = 0.5 - Math.abs(u);
            double candidate = Math.floor((2 * a / us + b) * u + centre);
            if (us >= 0.07 && v <= squeeze) {
                return (long) candidate;
            }

            if (candidate < 0 || candidate > n) {
                continue;
            }

            long k = (long) candidate;
            double height = Math.log(v * alpha / (a / (us * us) + b));
            if (height <= logRatio(k, mode, n, odds)) {
                return k;
            }
        }
    }

    /** log of P(k)/P(mode), with factorials by Stirling's series. */
    private static double logRatio(long k, long mode, long n, double odds) {
        return (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1)))
                + (n + 1) * Math.log((n - mode + 1.0) / (n - k + 1.0))
                + (k + 0.5) * Math.log(odds * (n - k + 1) / (k + 1))
                + stirlingTail(mode)
                + stirlingTail(n - mode)
                - stirlingTail(k)
                - stirlingTail(n - k);
    }

    /** log k! − [½log 2π + (k+½)log(k+1) − (k+1)]; the series is right to 1e-9 from 10 on, below it is tabled. */
    private static double stirlingTail(long k) {
        if (k < TAILS.length) {
            return TAILS[(int) k];
        }

        double x = k + 1.0;
        double squared = x * x;
        return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / squared) / squared) / x;
    }

    private static final double[] TAILS = tails();

    private static double[] tails() {
        double[] tails = new double[10];
        double logFactorial = 0;
        for (int k = 0; k < tails.length; k++) {
            logFactorial += k > 1 ? Math.log(k) : 0;
            tails[k] = logFactorial - (0.5 * Math.log(2 * Math.PI) + (k + 0.5) * Math.log(k + 1.0) - (k + 1.0));
        }

        return tails;
    }
}

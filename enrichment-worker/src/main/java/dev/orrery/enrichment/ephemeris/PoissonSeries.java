package dev.orrery.enrichment.ephemeris;

import java.util.List;

/**
 * A sum of waves whose height grows with a power of time: Σ tᵏ Σ A cos(p₀ + p₁t + …). Terms of one
 * power stand in order of their height, the largest first.
 */
final class PoissonSeries {

    private final List<Power> powers;

    /**
     * @param phases by coefficient, then by term: p₀ of all terms, p₁ of all terms, …
     */
    record Power(int exponent, double[] amplitudes, double[][] phases) {

        double sum(double t, double smallest) {
            double sum = 0;
            for (int term = 0; term < amplitudes.length; term++) {
                if (Math.abs(amplitudes[term]) < smallest) {
                    break;
                }
                sum += amplitudes[term] * Math.cos(phase(term, t));
            }
            return sum;
        }

        private double phase(int term, double t) {
            double phase = 0;
            for (int i = phases.length - 1; i >= 0; i--) {
                phase = phase * t + phases[i][term];
            }
            return phase;
        }
    }

    PoissonSeries(List<Power> powers) {
        this.powers = List.copyOf(powers);
    }

    double at(double t) {
        return roughly(t, 0);
    }

    /** The sum of the terms that are not below a height: quick, for a first approximation. */
    double roughly(double t, double smallest) {
        double sum = 0;
        for (Power power : powers) {
            sum += power.sum(t, smallest) * Math.pow(t, power.exponent());
        }
        return sum;
    }
}

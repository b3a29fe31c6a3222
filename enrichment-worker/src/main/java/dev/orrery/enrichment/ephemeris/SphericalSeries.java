package dev.orrery.enrichment.ephemeris;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The three series of a theory of motion, as they stand in a resource: lines {@code = L 0} open a
 * section for a variable and a power of time, the lines below are its terms.
 */
record SphericalSeries(PoissonSeries longitude, PoissonSeries latitude, PoissonSeries distance) {

    private static final String SECTION = "=";

    /** The variables, named as in the resource. */
    private enum Variable {
        L,
        B,
        R
    }

    static SphericalSeries load(String resource) {
        Map<Variable, List<PoissonSeries.Power>> powers = new EnumMap<>(Variable.class);
        List<String> lines = Resource.lines(resource);
        int begin = 0;
        while (begin < lines.size()) {
            int end = begin + 1;
            while (end < lines.size() && !lines.get(end).startsWith(SECTION)) {
                end++;
            }
            String[] title = lines.get(begin).split(" ");
            powers.computeIfAbsent(Variable.valueOf(title[1]), variable -> new ArrayList<>())
                    .add(power(Integer.parseInt(title[2]), lines.subList(begin + 1, end)));
            begin = end;
        }
        return new SphericalSeries(
                new PoissonSeries(powers.getOrDefault(Variable.L, List.of())),
                new PoissonSeries(powers.getOrDefault(Variable.B, List.of())),
                new PoissonSeries(powers.getOrDefault(Variable.R, List.of())));
    }

    private static PoissonSeries.Power power(int exponent, List<String> terms) {
        double[] amplitudes = new double[terms.size()];
        double[][] phases = new double[terms.getFirst().split(" ").length - 1][terms.size()];
        for (int term = 0; term < amplitudes.length; term++) {
            String[] numbers = terms.get(term).split(" ");
            amplitudes[term] = Double.parseDouble(numbers[0]);
            for (int i = 0; i < phases.length; i++) {
                phases[i][term] = Double.parseDouble(numbers[i + 1]);
            }
        }
        return new PoissonSeries.Power(exponent, amplitudes, phases);
    }
}

package dev.orrery.tools.bench;

import java.util.Collection;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./orrery bench templates}: our templates beside jmustache and handlebars.java, in one run
 * and each in a JVM of its own. Nonzero when one of them is faster.
 */
@Command(
        name = "templates",
        description = "Renders one prompt with Orrery's templates, jmustache and handlebars.java.",
        mixinStandardHelpOptions = true)
final class BenchTemplates implements Callable<Integer> {

    private static final String OURS = "orrery";

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Length of each measured iteration (${DEFAULT-VALUE}).")
    private int seconds = 1;

    @Option(
            names = "--forks",
            paramLabel = "N",
            description = "JVMs for each library; 0 measures in this one (${DEFAULT-VALUE}).")
    private int forks = 2;

    @Override
    public Integer call() throws Exception {
        System.err.println("rendering 4 KiB with 20 variables, three libraries ...");
        var options =
                new OptionsBuilder()
                        .include(TemplateBenchmark.class.getName())
                        .forks(forks)
                        .warmupIterations(3)
                        .measurementIterations(5)
                        .warmupTime(TimeValue.seconds(seconds))
                        .measurementTime(TimeValue.seconds(seconds))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build();
        return report(new Runner(options).run());
    }

    private static int report(Collection<RunResult> results) {
        double ours = nanos(OURS, results);
        System.out.println("| library | ns a rendering | ± (99.9 %) | ratio |\n|---|---|---|---|");
        boolean fastest = true;
        for (var result : results) {
            var measured = result.getPrimaryResult();
            System.out.printf(
                    "| %s | %.0f | %.0f | %.2f |%n",
                    measured.getLabel(),
                    measured.getScore(),
                    measured.getScoreError(),
                    measured.getScore() / ours);
            fastest &= measured.getScore() >= ours;
        }
        if (!fastest) {
            System.err.println("orrery: another library is faster (expected: none)");
        }
        return fastest ? 0 : 1;
    }

    private static double nanos(String label, Collection<RunResult> results) {
        return results.stream()
                .map(RunResult::getPrimaryResult)
                .filter(result -> result.getLabel().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("BUG: no result for " + label))
                .getScore();
    }
}

package dev.orrery.tools.bench;

import com.github.jknack.handlebars.EscapingStrategy;
import com.github.jknack.handlebars.Handlebars;
import com.samskivert.mustache.Mustache;
import dev.orrery.pipeline.prompt.template.Template;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One text of 4 KiB with twenty variables, compiled before, rendered by three libraries with the
 * same values and without escaping. All three must write the same text, or there is nothing to
 * compare.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TemplateBenchmark {

    static final int VARIABLES = 20;
    static final int LENGTH = 4 * 1024;

    private final Map<String, String> values = new HashMap<>();
    private Template orrery = Template.of("");
    private com.samskivert.mustache.Template mustache = Mustache.compiler().compile("");
    private com.github.jknack.handlebars.Template handlebars =
            com.github.jknack.handlebars.Template.EMPTY;

    /** Compiles, and checks that the three agree. */
    @Setup
    public void compile() throws IOException {
        var text = text();
        for (int i = 0; i < VARIABLES; i++) {
            values.put(name(i), "value " + i + ", about as long as a name");
        }
        orrery = Template.of(text);
        mustache = Mustache.compiler().escapeHTML(false).compile(text);
        handlebars = new Handlebars().with(EscapingStrategy.NOOP).compileInline(text);
        var expected = orrery();
        if (!expected.equals(mustache()) || !expected.equals(handlebars())) {
            throw new IllegalStateException("BUG: the three texts differ (expected: one text)");
        }
    }

    static String text() {
        var sentence = "The quick answer is seldom the kind one, so take your time. ";
        var text = new StringBuilder();
        for (int i = 0; i < VARIABLES; i++) {
            text.append("{{").append(name(i)).append("}} ");
            while (text.length() < (i + 1) * LENGTH / VARIABLES) {
                text.append(sentence);
            }
            text.setLength((i + 1) * LENGTH / VARIABLES);
        }
        return text.toString();
    }

    private static String name(int i) {
        return "variable_" + (char) ('a' + i);
    }

    @Benchmark
    public String orrery() {
        return orrery.render(values::get);
    }

    @Benchmark
    public String mustache() {
        return mustache.execute(values);
    }

    @Benchmark
    public String handlebars() throws IOException {
        return handlebars.apply(values);
    }
}

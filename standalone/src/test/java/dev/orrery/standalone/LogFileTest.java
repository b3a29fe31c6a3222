package dev.orrery.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The only log of {@code ./orrery up}, written by a logger context of the test's own. */
class LogFileTest {

    @TempDir private Path directory;

    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void close() {
        context.stop();
    }

    @Test
    void tellsWhichAndWhyOnOneLine() throws Exception {
        // given
        var file = directory.resolve("orrery.log");
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("orrery.log", file.toString());
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(
                Objects.requireNonNull(
                        Standalone.class.getResource("/standalone-logback.xml"), "the log's form"));

        // when
        context.getLogger("dev.orrery.policy")
                .atWarn()
                .addKeyValue("record", "chat.requests-3@17")
                .addKeyValue("reason", "two\nlines")
                .log("Tried again");

        // then
        assertThat(Files.readAllLines(file))
                .singleElement()
                .asString()
                .endsWith(
                        "dev.orrery.policy: Tried again record=\"chat.requests-3@17\" reason=\"two lines\"");
    }
}

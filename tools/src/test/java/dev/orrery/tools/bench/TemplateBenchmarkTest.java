package dev.orrery.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.prompt.template.Template;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * What is measured is what is promised; the measuring itself is {@code ./orrery bench templates}.
 */
class TemplateBenchmarkTest {

    @Test
    void measuresATextOfFourKibibytesWithTwentyVariables() {
        assertThat(TemplateBenchmark.text()).hasSize(4 * 1024);
        assertThat(Template.of(TemplateBenchmark.text()).names()).hasSize(20);
    }

    @Test
    void measuresThreeLibrariesThatWriteTheSame() throws IOException {
        // given
        var benchmark = new TemplateBenchmark();

        // when
        benchmark.compile();

        // then
        assertThat(benchmark.mustache()).isEqualTo(benchmark.orrery()).contains("value 19");
        assertThat(benchmark.handlebars()).isEqualTo(benchmark.orrery()).doesNotContain("{{");
    }
}

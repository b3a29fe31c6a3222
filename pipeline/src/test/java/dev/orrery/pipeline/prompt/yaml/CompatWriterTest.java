package dev.orrery.pipeline.prompt.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Against what PyYAML 6.0.3 wrote by {@code dump(document, sort_keys=False)}: texts that have a
 * meaning in YAML, texts about the width of a line, and documents made of both at random.
 */
class CompatWriterTest {

    @TestFactory
    Stream<DynamicTest> writesWhatPyYamlWrites() throws IOException {
        try (InputStream dumps =
                CompatWriterTest.class.getResourceAsStream("/yaml/pyyaml-dumps.json")) {
            return JsonMapper.shared()
                    .readTree(Objects.requireNonNull(dumps).readAllBytes())
                    .valueStream()
                    .map(CompatWriterTest::writesTheSame);
        }
    }

    private static DynamicTest writesTheSame(JsonNode dumped) {
        var document = dumped.path("document");
        return DynamicTest.dynamicTest(
                document.toString(),
                () ->
                        assertThat(CompatWriter.write(value(document)))
                                .isEqualTo(dumped.path("dump").asString()));
    }

    private static YamlValue value(JsonNode node) {
        if (node.isArray()) {
            return new YamlValue.Listing(node.valueStream().map(CompatWriterTest::value).toList());
        }
        if (!node.isObject()) {
            return node.isString()
                    ? YamlValue.text(node.stringValue())
                    : new YamlValue.Plain(node.toString());
        }
        List<YamlValue.Entry> entries = new ArrayList<>();
        for (var each : node.properties()) {
            entries.add(new YamlValue.Entry(each.getKey(), value(each.getValue())));
        }
        return new YamlValue.Mapping(entries);
    }

    @Test
    void isOneOfTwoStyles() {
        // given
        var value =
                new YamlValue.Mapping(
                        List.of(new YamlValue.Entry("Language", YamlValue.text("हिन्दी"))));

        // then
        assertThat(YamlStyle.named("compat").orElseThrow().write(value))
                .isEqualTo("Language: \"\\u0939\\u093F\\u0928\\u094D\\u0926\\u0940\"\n");
        assertThat(YamlStyle.named("readable").orElseThrow().write(value))
                .isEqualTo("Language: हिन्दी\n");
        assertThat(YamlStyle.named("COMPAT")).isEmpty();
    }
}

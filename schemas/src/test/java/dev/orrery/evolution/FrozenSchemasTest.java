package dev.orrery.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every version of every event reads every other one: FULL_TRANSITIVE, as the registry has it. */
class FrozenSchemasTest {

    private static final SchemaValidator FULL_TRANSITIVE =
            new SchemaValidatorBuilder().mutualReadStrategy().validateAll();

    static Stream<String> events() {
        return Contract.eventNames();
    }

    @ParameterizedTest
    @MethodSource("events")
    void readAndAreReadByEveryEarlierVersion(String event) {
        // given
        var earlier = newestFirst(FrozenVersion.of(event));

        // when
        var current = Contract.event(event);

        // then
        assertThat(earlier).isNotEmpty();
        assertThatCode(() -> FULL_TRANSITIVE.validate(current, earlier)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("events")
    void changeOnlyTogetherWithAVersionThatIsFrozen(String event) {
        // given
        var newest = FrozenVersion.newestOf(event).map(FrozenVersion::schema);

        // when
        var current = Contract.event(event);

        // then
        assertThat(newest.map(Schema::toString))
                .as(
                        "%s differs from its newest frozen version. If the change is meant, freeze it:"
                                + " mvn -pl schemas test -Dtest=FreezeSchemas",
                        event)
                .contains(current.toString());
    }

    @ParameterizedTest
    @MethodSource("events")
    void haveAHistoryWithoutGaps(String event) throws IOException {
        // when
        int versions = FrozenVersion.of(event).size();

        // then
        try (var files = Files.list(FrozenVersion.directory(event))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(FrozenVersion.files(versions));
        }
    }

    @Test
    void areFrozenForEveryEventThatEverWasAndForNothingElse() throws IOException {
        try (var directories = Files.list(FrozenVersion.directory("."))) {
            assertThat(directories.map(directory -> directory.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Contract.eventNames().toList());
        }
    }

    /** What the rule forbids and allows, shown on a small record. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a field without a default           | {"name": "a", "type": "int"}, {"name": "b", "type": "int"}
                    a field fewer                       |
                    another name                        | {"name": "b", "type": "int"}
                    a wider type                        | {"name": "a", "type": "long"}
                    another type                        | {"name": "a", "type": "string"}
                    a type that may now be null         | {"name": "a", "type": ["null", "int"], "default": null}
                    """)
    void mustNotChangeBy(String change, @org.jspecify.annotations.Nullable String fields) {
        assertThatThrownBy(() ->
                        FULL_TRANSITIVE.validate(
                                record(fields == null ? "" : fields),
                                List.of(record("{\"name\": \"a\", \"type\": \"int\"}"))))
                .isInstanceOf(SchemaValidationException.class);
    }

    @Test
    void mayChangeByAFieldWithADefaultAndBySymbolsOfAnEnumThatHasOne() {
        // given
        var earlier = record(enumField("\"UNKNOWN\", \"ON\", \"OFF\""));

        // when
        var current =
                record(
                        enumField("\"UNKNOWN\", \"ON\", \"DIM\"")
                                + ", {\"name\": \"b\", \"type\": [\"null\", \"int\"], \"default\": null}");

        // then
        assertThatCode(() -> FULL_TRANSITIVE.validate(current, List.of(earlier)))
                .doesNotThrowAnyException();
    }

    private static String enumField(String symbols) {
        return """
        {"name": "a", "default": "UNKNOWN", "type":
          {"type": "enum", "name": "Light", "symbols": [%s], "default": "UNKNOWN"}}
        """
                .formatted(symbols);
    }

    private static Schema record(String fields) {
        return new Schema.Parser()
                .parse(
                        "{\"type\": \"record\", \"name\": \"Example\", \"fields\": [%s]}"
                                .formatted(fields));
    }

    private static List<Schema> newestFirst(List<FrozenVersion> versions) {
        return versions.reversed().stream().map(FrozenVersion::schema).toList();
    }
}

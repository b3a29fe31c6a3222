package dev.orrery.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The conventions that make an event readable without its writer's code. */
class DocumentedSchemasTest {

    private static final List<String> TIMES = List.of("deadline");

    static Stream<Schema> types() {
        return Contract.types();
    }

    static Stream<Schema> records() {
        return Contract.types(Schema.Type.RECORD);
    }

    static Stream<Schema> enums() {
        return Contract.types(Schema.Type.ENUM);
    }

    @ParameterizedTest
    @MethodSource("types")
    void sayWhatARecordOrAnEnumMeans(Schema type) {
        assertThat(type.getDoc()).as(type.getFullName()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("records")
    void sayWhatEachFieldMeans(Schema record) {
        assertThat(record.getFields())
                .allSatisfy(field ->
                        assertThat(field.doc())
                                .as(record.getName() + "." + field.name())
                                .isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("records")
    void sayWhatTheAbsenceOfAFieldMeans(Schema record) {
        assertThat(record.getFields())
                .filteredOn(field -> field.schema().isNullable())
                .allSatisfy(field ->
                        assertThat(field.doc())
                                .as(record.getName() + "." + field.name())
                                .containsIgnoringCase("null"));
    }

    @ParameterizedTest
    @MethodSource("records")
    void giveEveryFieldThatMayBeAbsentNullAsItsDefault(Schema record) {
        assertThat(record.getFields())
                .filteredOn(field -> field.schema().isNullable())
                .allSatisfy(field -> {
                    assertThat(field.schema().getTypes().getFirst().getType())
                            .isEqualTo(Schema.Type.NULL);
                    assertThat(field.hasDefaultValue()).isTrue();
                });
    }

    @ParameterizedTest
    @MethodSource("enums")
    void readWhatANewerVersionSaysAsUnknown(Schema type) {
        assertThat(type.getEnumDefault()).as(type.getFullName()).isEqualTo("UNKNOWN");
        assertThat(type.getEnumSymbols()).as(type.getFullName()).startsWith("UNKNOWN");
        assertThat(type.getDoc()).as(type.getFullName()).contains(type.getEnumSymbols());
    }

    @ParameterizedTest
    @MethodSource("records")
    void countMoneyInWholeMicros(Schema record) {
        assertThat(record.getFields())
                .filteredOn(field -> field.name().endsWith("Micros"))
                .allSatisfy(field -> {
                    assertThat(withoutNull(field.schema()).getType()).isEqualTo(Schema.Type.LONG);
                    assertThat(isInDollars(field) || record.getField("currency") != null)
                            .as("currency of %s: beside it, or in its name", field.name())
                            .isTrue();
                });
    }

    @ParameterizedTest
    @MethodSource("records")
    void tellTimesInMillisecondsAndIdsAsText(Schema record) {
        for (var field : record.getFields()) {
            var type = withoutNull(field.schema());
            if (field.name().endsWith("At") || TIMES.contains(field.name())) {
                assertThat(type.getLogicalType())
                        .as(field.name())
                        .isEqualTo(LogicalTypes.timestampMillis());
            }
            if (field.name().endsWith("Id")) {
                assertThat(type.getType()).as(field.name()).isEqualTo(Schema.Type.STRING);
            }
        }
    }

    /** What providers bill is in US dollars, whatever a user pays in. */
    private static boolean isInDollars(Schema.Field field) {
        return field.name().endsWith("UsdMicros");
    }

    private static Schema withoutNull(Schema schema) {
        return schema.isNullable() ? schema.getTypes().getLast() : schema;
    }
}

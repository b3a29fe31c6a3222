package dev.orrery.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of every version say today what they said when they were frozen. */
class GoldenRecordsTest {

    static Stream<FrozenVersion> versions() {
        return Contract.eventNames().flatMap(event -> FrozenVersion.of(event).stream());
    }

    static Stream<String> events() {
        return Contract.eventNames();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void sayWhatTheySaidToWhoeverReadsThemByTheirOwnSchema(FrozenVersion version)
            throws IOException {
        // when
        var said = Encoding.says(version.golden(), version.schema(), version.schema());

        // then
        assertThat(said).isEqualTo(Encoding.json(version.says()));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void areReadByTheClassesOfToday(FrozenVersion version) throws IOException {
        // given
        var today = Contract.event(version.schema().getName());

        // when
        var value = Encoding.read(version.golden(), version.schema(), today);

        // then
        assertThat(value).isInstanceOf(SpecificData.get().getClass(today));
        assertHolds(Encoding.says(value), Encoding.json(version.says()), version.toString());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void ofTodayAreReadByEveryEarlierVersion(FrozenVersion version) throws IOException {
        // given
        var today = GoldenRecords.of(version.schema().getName());

        // when
        var said = Encoding.says(Encoding.bytes(today), today.getSchema(), version.schema());

        // then
        assertHolds(Encoding.says(today), said, version.toString());
    }

    @ParameterizedTest
    @MethodSource("events")
    void areWrittenTodayByteForByteAsInTheNewestVersion(String event) throws IOException {
        // given
        var newest = FrozenVersion.newestOf(event).orElseThrow();

        // when
        var written = Encoding.bytes(GoldenRecords.of(event));

        // then
        assertThat(written)
                .as("%s: mvn -pl schemas test -Dtest=FreezeSchemas freezes a change", event)
                .isEqualTo(newest.golden());
    }

    /** Else a field that gets lost on the way would look like one that was never set. */
    @ParameterizedTest
    @MethodSource("events")
    void leaveNoFieldAtItsDefault(String event) {
        assertThatNothingIsDefault(GoldenRecords.of(event));
    }

    private static void assertThatNothingIsDefault(Object value) {
        switch (value) {
            case org.apache.avro.generic.IndexedRecord record ->
                    record.getSchema().getFields().forEach(field -> assertIsSet(record, field));
            case Iterable<?> items -> {
                assertThat(items).isNotEmpty();
                items.forEach(GoldenRecordsTest::assertThatNothingIsDefault);
            }
            default -> {}
        }
    }

    private static void assertIsSet(
            org.apache.avro.generic.IndexedRecord record, Schema.Field field) {
        var value = record.get(field.pos());
        assertThat(value).as(field.name()).isNotNull();
        if (field.hasDefaultValue()
                && field.defaultVal() != org.apache.avro.JsonProperties.NULL_VALUE) {
            assertThat(value.toString())
                    .as(field.name())
                    .isNotEqualTo(String.valueOf(GenericData.get().getDefaultValue(field)));
        }
        assertThatNothingIsDefault(value);
    }

    /** Everything that the expected tree says stands in the other one, which may say more. */
    private static void assertHolds(JsonNode actual, JsonNode expected, String where) {
        if (expected.isObject()) {
            for (Map.Entry<String, JsonNode> each : expected.properties()) {
                assertHolds(
                        actual.path(each.getKey()), each.getValue(), where + "." + each.getKey());
            }
        } else if (expected.isArray()) {
            assertThat(actual).as(where).hasSize(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                assertHolds(actual.path(i), expected.path(i), where + "[" + i + "]");
            }
        } else {
            assertThat(actual).as(where).isEqualTo(expected);
        }
    }
}

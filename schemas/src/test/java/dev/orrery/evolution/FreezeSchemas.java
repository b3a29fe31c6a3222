package dev.orrery.evolution;

import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/**
 * Not a test: it writes the next frozen version of every event whose schema has changed. It runs
 * only when it is asked for: {@code mvn -pl schemas test -Dtest=FreezeSchemas}.
 */
class FreezeSchemas {

    @Test
    void freezeWhatHasChanged() throws IOException {
        for (Schema event : Contract.events()) {
            var versions = FrozenVersion.of(event.getName());
            if (versions.isEmpty() || !isFrozenAs(versions.getLast(), event)) {
                freeze(event, versions.size() + 1);
            }
        }
    }

    private static boolean isFrozenAs(FrozenVersion newest, Schema event) throws IOException {
        return newest.schema().toString().equals(event.toString())
                && Arrays.equals(newest.golden(), golden(event));
    }

    private static void freeze(Schema event, int number) throws IOException {
        var golden = golden(event);
        var says = Encoding.pretty(Encoding.says(golden, event, event));
        new FrozenVersion(number, event, golden, says).write();
    }

    private static byte[] golden(Schema event) throws IOException {
        return Encoding.bytes(GoldenRecords.of(event.getName()));
    }
}

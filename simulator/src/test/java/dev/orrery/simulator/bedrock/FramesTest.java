package dev.orrery.simulator.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.simulator.play.Event;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames as another encoder wrote them, byte for byte. */
class FramesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contentBlockDelta | {\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hi\"}} |"
                        + " AAAAlAAAAFe0q5ruCzpldmVudC10eXBlBwARY29udGVudEJsb2NrRGVsdGENOmNvbnRlbnQtdHlwZQcA"
                        + "EGFwcGxpY2F0aW9uL2pzb24NOm1lc3NhZ2UtdHlwZQcABWV2ZW50eyJjb250ZW50QmxvY2tJbmRleCI6"
                        + "MCwiZGVsdGEiOnsidGV4dCI6IkhpIn19H5RGVw==",
                "messageStop | {\"stopReason\":\"end_turn\"} |"
                        + " AAAAegAAAFHKLEZlCzpldmVudC10eXBlBwALbWVzc2FnZVN0b3ANOmNvbnRlbnQtdHlwZQcAEGFwcGxp"
                        + "Y2F0aW9uL2pzb24NOm1lc3NhZ2UtdHlwZQcABWV2ZW50eyJzdG9wUmVhc29uIjoiZW5kX3R1cm4ifV+/"
                        + "Cfw=",
                "throttlingException | {\"message\":\"Too many requests\"} |"
                        + " AAAAkAAAAGGOkam3DzpleGNlcHRpb24tdHlwZQcAE3Rocm90dGxpbmdFeGNlcHRpb24NOmNvbnRlbnQt"
                        + "dHlwZQcAEGFwcGxpY2F0aW9uL2pzb24NOm1lc3NhZ2UtdHlwZQcACWV4Y2VwdGlvbnsibWVzc2FnZSI6"
                        + "IlRvbyBtYW55IHJlcXVlc3RzIn3mf4AF"
            })
    void writesTheFramesOfTheFormat(String name, String payload, String frame) {
        // when
        byte[] written =
                new Frames()
                        .frame(
                                new Event.Data(name, payload.getBytes(StandardCharsets.UTF_8)),
                                true);

        // then
        assertThat(Base64.getEncoder().encodeToString(written)).isEqualTo(frame);
    }
}

package dev.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;

/** Amazon's own SDK takes the simulator for Bedrock: paths, frames, errors and exceptions. */
class AwsSdkTest {

    private static final Message QUESTION =
            Message.builder()
                    .role(ConversationRole.USER)
                    .content(ContentBlock.fromText("Will I find a new job this year?"))
                    .build();

    private static Simulator simulator;

    /** Built here, since the SDK would build one for HTTP/2 without TLS, which nobody serves. */
    private static SdkAsyncHttpClient http;

    private static BedrockRuntimeAsyncClient bedrock;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0);
        http = NettyNioAsyncHttpClient.create();
        bedrock =
                BedrockRuntimeAsyncClient.builder()
                        .region(Region.AP_SOUTH_1)
                        .endpointOverride(URI.create(simulator.url("bedrock") + "/ap-south-1"))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("any", "any")))
                        .httpClient(http)
                        .overrideConfiguration(
                                settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                        .build();
    }

    @AfterAll
    static void stop() {
        bedrock.close();
        http.close();
        simulator.close();
    }

    @BeforeEach
    void forget() {
        simulator.reset();
    }

    @Test
    void readsAStream() {
        // when
        List<ConverseStreamOutput> events = stream("sim/7-tokens");

        // then
        assertThat(text(events)).startsWith("(simulated) ");
        assertThat(events)
                .filteredOn(MessageStopEvent.class::isInstance)
                .singleElement()
                .satisfies(stop ->
                        assertThat(((MessageStopEvent) stop).stopReason())
                                .isEqualTo(StopReason.END_TURN));
        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        ConverseStreamMetadataEvent.class,
                        metadata -> assertThat(metadata.usage().outputTokens()).isEqualTo(7));
        assertThat(simulator.service("bedrock").calls().count("ap-south-1/sim/7-tokens"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"split-events-5-bytes", "joined-events", "split-utf8", "comments"})
    void readsAStreamHoweverItIsPacked(String fault) {
        // given
        String plain = text(stream("sim/7-tokens"));

        // when
        String packed = text(stream("sim/7-tokens+" + fault));

        // then
        assertThat(packed.replace("☉", "")).isEqualTo(plain);
    }

    @Test
    void readsAnAnswerInOneBody() {
        // when
        ConverseResponse answer =
                bedrock.converse(request -> request.modelId("sim/7-tokens").messages(QUESTION))
                        .join();

        // then
        assertThat(answer.output().message().content().getFirst().text())
                .startsWith("(simulated) ");
        assertThat(answer.stopReason()).isEqualTo(StopReason.END_TURN);
        assertThat(answer.usage().inputTokens()).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource({
        "400, ValidationException",
        "403, AccessDeniedException",
        "404, ResourceNotFoundException",
        "408, ModelTimeoutException",
        "424, ModelErrorException",
        "429, ThrottlingException",
        "500, InternalServerException",
        "503, ServiceUnavailableException"
    })
    void knowsAnErrorByItsName(int status, String name) {
        assertThatThrownBy(() -> stream("sim/status-" + status))
                .rootCause()
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        error -> {
                            assertThat(error.statusCode()).isEqualTo(status);
                            assertThat(error.awsErrorDetails().errorCode()).isEqualTo(name);
                        })
                .extracting(error -> error.getClass().getSimpleName())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "internalServerException, InternalServerException",
        "modelStreamErrorException, ModelStreamErrorException",
        "serviceUnavailableException, ServiceUnavailableException",
        "throttlingException, ThrottlingException",
        "validationException, ValidationException"
    })
    void knowsAnExceptionInTheMiddleOfAStream(String name, String type) {
        assertThatThrownBy(() -> stream("sim/error-after-3-" + name))
                .rootCause()
                .extracting(error -> error.getClass().getSimpleName())
                .isEqualTo(type);
    }

    private static List<ConverseStreamOutput> stream(String model) {
        Queue<ConverseStreamOutput> events = new ConcurrentLinkedQueue<>();
        bedrock.converseStream(
                        request -> request.modelId(model).messages(QUESTION),
                        ConverseStreamResponseHandler.builder()
                                .subscriber((ConverseStreamOutput event) -> events.add(event))
                                .build())
                .join();
        return List.copyOf(events);
    }

    private static String text(List<ConverseStreamOutput> events) {
        return events.stream()
                .filter(ContentBlockDeltaEvent.class::isInstance)
                .map(event -> ((ContentBlockDeltaEvent) event).delta().text())
                .collect(Collectors.joining());
    }
}

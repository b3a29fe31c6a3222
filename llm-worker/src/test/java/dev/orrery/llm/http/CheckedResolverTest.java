package dev.orrery.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.openai.OpenAiChatModel;
import dev.orrery.llm.openai.OpenAiCompatible;
import dev.orrery.llm.testing.Heard;
import dev.orrery.llm.testing.PlayedAnswer;
import dev.orrery.llm.testing.PlayedProvider;
import dev.orrery.llm.testing.Prompts;
import dev.orrery.llm.testing.ServerSent;
import dev.orrery.llm.time.Ticker;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Connections to what others have named, by a name service that a test plays. */
class CheckedResolverTest {

    private static final PlayedAnswer ANSWER =
            PlayedAnswer.events(
                    ServerSent.data(
                            "{\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}"),
                    ServerSent.data("[DONE]"));

    private final PlayedProvider provider = new PlayedProvider().playing(ANSWER);
    private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var resource : opened) {
            resource.close();
        }
        provider.close();
    }

    @Test
    void connectsToTheAddressThatWasChecked() {
        // given
        var model = model(Permission.ALLOWED, "models.example", host -> addresses("127.0.0.1"));

        // when
        var heard = Heard.of(model.stream(Prompts.plain("model-1")));

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.text()).isEqualTo("Hi");
        assertThat(provider.asked().getFirst().headers().get("host")).startsWith("models.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "169.254.169.254",
                "::1",
                "fd00::1",
                "fe80::1",
                "224.0.0.1"
            })
    void connectsToNoNameThatLeadsIntoAPrivateNetwork(String address) {
        // given
        var model = model(Permission.REFUSED, "models.example", host -> addresses(address));

        // when
        var heard = Heard.of(model.stream(Prompts.plain("model-1")));

        // then
        assertRefused(heard);
    }

    @Test
    void connectsToNoNameOfWhichOneAddressIsPrivate() {
        // given
        var model =
                model(
                        Permission.REFUSED,
                        "models.example",
                        host -> addresses("8.8.8.8", "127.0.0.1"));

        // when
        var heard = Heard.of(model.stream(Prompts.plain("model-1")));

        // then
        assertRefused(heard);
    }

    @Test
    void connectsToNoNameThatLeadsElsewhereTheSecondTime() {
        // given
        var asked = new CopyOnWriteArrayList<String>();
        CheckedResolver.Names rebound =
                host -> {
                    asked.add(host);
                    return addresses(asked.size() == 1 ? "127.0.0.1" : "169.254.169.254");
                };
        var model = model(Permission.ALLOWED, "models.example", rebound);
        assertThat(Heard.of(model.stream(Prompts.plain("model-1"))).failure()).isNull();
        var later = model(Permission.ALLOWED, "models.example", rebound);

        // when
        var heard = Heard.of(later.stream(Prompts.plain("model-1")));

        // then
        assertThat(asked).hasSize(2);
        assertThat(heard.failure())
                .isExactlyInstanceOf(ModelFailure.RejectedInput.class)
                .hasMessageContaining("address_not_public");
        assertThat(provider.asked()).hasSize(1);
    }

    @Test
    void connectsToNoLiteralThatIsPrivate() {
        // given: the name service is not asked for literals
        var model =
                model(
                        Permission.REFUSED,
                        "127.0.0.1",
                        host -> {
                            throw new UnknownHostException("BUG: asked for " + host);
                        });

        // when
        var heard = Heard.of(model.stream(Prompts.plain("model-1")));

        // then
        assertRefused(heard);
    }

    @Test
    void failsAsANetworkDoesWhereThereIsNoSuchName() {
        // given
        var model =
                model(
                        Permission.REFUSED,
                        "models.example",
                        host -> {
                            throw new UnknownHostException(host);
                        });

        // when
        var heard = Heard.of(model.stream(Prompts.plain("model-1")));

        // then
        assertThat(heard.failure()).isExactlyInstanceOf(ModelFailure.ConnectionFailed.class);
    }

    private void assertRefused(Heard heard) {
        assertThat(heard.failure())
                .isExactlyInstanceOf(ModelFailure.RejectedInput.class)
                .hasMessageContaining("address_not_public");
        assertThat(provider.connections()).isZero();
    }

    private ChatModel model(Permission privateAddresses, String host, CheckedResolver.Names names) {
        var settings =
                new HttpSettings(
                        1,
                        Duration.ofSeconds(15),
                        Duration.ofMinutes(5),
                        DataSize.ofKilobytes(8),
                        DataSize.ofKilobytes(16),
                        Permission.ALLOWED,
                        privateAddresses,
                        Set.of());
        var resolver = new CheckedResolver(new Destinations(settings), names);
        var client = ProviderClient.checking(resolver, "test", settings, Ticker.system());
        opened.add(client);
        var port = URI.create(provider.url()).getPort();
        var endpoint = OpenAiCompatible.unknown(URI.create("http://" + host + ":" + port + "/v1"));
        return new OpenAiChatModel(endpoint, client, Clock.systemUTC());
    }

    private static InetAddress[] addresses(String... literals) {
        var addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.ofLiteral(literals[i]);
        }
        return addresses;
    }
}

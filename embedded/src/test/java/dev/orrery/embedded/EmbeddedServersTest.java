package dev.orrery.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.embedded.host.DirectoryLock;
import dev.orrery.embedded.host.DirectoryTaken;
import dev.orrery.embedded.host.PortTaken;
import dev.orrery.embedded.host.Ports;
import dev.orrery.embedded.host.StartFailed;
import dev.orrery.embedded.postgres.Durability;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersTest {

    /** Shared, because unpacking the programs takes longer than any of these tests. */
    @TempDir static Path binaries;

    @TempDir Path data;

    private final List<Progress> progress = new CopyOnWriteArrayList<>();

    @BeforeEach
    void shareBinaries() throws IOException {
        Files.createSymbolicLink(new Layout(data).binaries(), binaries);
    }

    @Test
    void startsAllFourAndSaysSoOfEach() throws Exception {
        // given
        ServerOptions options = ServerOptions.durable(data).onFreePorts();

        // when
        try (EmbeddedServers servers = EmbeddedServers.start(options, progress::add)) {

            // then
            assertThat(progress)
                    .extracting(Progress::part)
                    .containsExactlyInAnyOrder("Kafka", "PostgreSQL", "Redis", "schema registry");
            assertThat(progress).extracting(Progress::took).allMatch(took -> took.isPositive());
            assertThat(get(servers.registry().url() + "/subjects")).isEqualTo("[]");
            assertThat(
                            List.of(
                                    servers.kafka().port(),
                                    servers.database().port(),
                                    servers.redis().port()))
                    .allSatisfy(port -> assertThatThrownBy(() -> Ports.require(port, "nobody")));
        }
    }

    @Test
    void leavesNothingBehindWhenOnePartCannotStart() throws IOException {
        // given
        List<Integer> ports = Ports.free(4);
        ServerOptions options =
                new ServerOptions(
                        data,
                        ports.get(0),
                        ports.get(1),
                        ports.get(2),
                        ports.get(3),
                        Durability.FAST);
        try (ServerSocket other =
                new ServerSocket(ports.get(3), 1, InetAddress.getByName(Ports.LOOPBACK))) {

            // when
            var start = assertThatThrownBy(() -> EmbeddedServers.start(options, progress::add));

            // then
            start.isInstanceOf(PortTaken.class)
                    .hasMessageContaining(
                            "port %d is taken, and the schema registry wants it",
                            other.getLocalPort());
        }
        ports.forEach(port -> Ports.require(port, "the test"));
        EmbeddedServers.start(options, progress::add).close();
    }

    @Test
    void namesEveryPortThatIsTaken() throws IOException {
        // given
        List<Integer> ports = Ports.free(4);
        InetAddress loopback = InetAddress.getByName(Ports.LOOPBACK);
        ServerOptions options =
                new ServerOptions(
                        data,
                        ports.get(0),
                        ports.get(1),
                        ports.get(2),
                        ports.get(3),
                        Durability.FAST);
        try (ServerSocket first = new ServerSocket(ports.get(0), 1, loopback);
                ServerSocket second = new ServerSocket(ports.get(2), 1, loopback)) {

            // when
            var start = assertThatThrownBy(() -> EmbeddedServers.start(options, progress::add));

            // then
            start.isInstanceOf(StartFailed.class)
                    .hasMessageContaining(
                            "port %d is taken, and Kafka wants it", first.getLocalPort())
                    .hasMessageContaining(
                            "port %d is taken, and Redis wants it", second.getLocalPort());
        }
    }

    @Test
    void refusesADirectoryInUse() {
        // given
        ServerOptions options = ServerOptions.durable(data).onFreePorts();
        try (DirectoryLock holder = DirectoryLock.take(data)) {

            // when
            var start = assertThatThrownBy(() -> EmbeddedServers.start(options, progress::add));

            // then
            start.isInstanceOf(DirectoryTaken.class).hasMessageContaining("is in use by");
            assertThat(holder).isNotNull();
        }
    }

    private static String get(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(url)).build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}

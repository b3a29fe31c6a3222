package dev.orrery.llm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.http.RefusedEndpoint.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class DestinationsTest {

    private static final Set<String> HOSTS =
            Set.of(
                    "models.example",
                    "*.Cloud.example ",
                    "10.0.0.7",
                    "8.8.8.8",
                    "169.254.169.254",
                    "fd00::7");

    private final Destinations strict =
            new Destinations(settings(Permission.REFUSED, Permission.REFUSED));
    private final Destinations lenient =
            new Destinations(settings(Permission.ALLOWED, Permission.ALLOWED));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://models.example/v1",
                "https://MODELS.example:8443",
                "https://a.cloud.example/v1",
                "https://8.8.8.8/v1"
            })
    void letsOthersNameAListedHost(String url) {
        assertThatCode(() -> strict.checkNamed(URI.create(url))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "http://models.example/v1, NOT_ENCRYPTED",
        "https://other.example/v1, HOST_NOT_LISTED",
        "https://cloud.example/v1, HOST_NOT_LISTED",
        "https://a.b.cloud.example/v1, HOST_NOT_LISTED",
        "https://models.example.evil.example/v1, HOST_NOT_LISTED",
        "https://localhost/v1, HOST_NOT_LISTED",
        "https://127.0.0.1/v1, HOST_NOT_LISTED",
        "https://[::1]/v1, HOST_NOT_LISTED",
        "https://[::ffff:127.0.0.1]/v1, HOST_NOT_LISTED",
        "https://[fe80::1%25eth0]/v1, HOST_NOT_LISTED",
        "https://10.0.0.7/v1, ADDRESS_NOT_PUBLIC",
        "https://[fd00::7]/v1, ADDRESS_NOT_PUBLIC",
        "https://169.254.169.254/latest, ADDRESS_NOT_PUBLIC",
        "https://2130706433/v1, MALFORMED",
        "https://127.1/v1, MALFORMED",
        "https://0x7f.0.0.1/v1, MALFORMED",
        "https://0177.0.0.1/v1, MALFORMED",
        "https://8.8.8.08/v1, MALFORMED",
        "https://8.8.8.999/v1, MALFORMED",
        "https://models.example./v1, MALFORMED",
        "https://user:secret@models.example/v1, MALFORMED",
        "https://models.example/v1?key=secret, MALFORMED",
        "https://models.example/v1#secret, MALFORMED",
        "ftp://models.example/v1, MALFORMED",
        "file:///etc/passwd, MALFORMED",
        "models.example, MALFORMED",
        "mailto:secret@models.example, MALFORMED"
    })
    void refusesWhatOthersMayNotName(String url, Reason reason) {
        assertThatThrownBy(() -> strict.checkNamed(URI.create(url)))
                .isInstanceOfSatisfying(
                        RefusedEndpoint.class, it -> assertThat(it.reason()).isEqualTo(reason))
                .hasMessageStartingWith(reason.code())
                .hasMessageContaining("expected")
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/v1",
                "http://127.0.0.1:8080/v1",
                "http://[::1]:8080/v1",
                "http://10.0.0.7/v1",
                "http://models.example/v1"
            })
    void letsDevelopersNameTheirMachineAndListedHostsOfTheirNetwork(String url) {
        assertThatCode(() -> lenient.checkNamed(URI.create(url))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest",
                "http://10.0.0.8/v1",
                "http://other.example/v1"
            })
    void keepsMetadataAndUnlistedHostsFromDevelopersToo(String url) {
        assertThatThrownBy(() -> lenient.checkNamed(URI.create(url)))
                .isInstanceOf(RefusedEndpoint.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://vllm.internal:8000/v1",
                "https://10.0.0.8/v1",
                "http://localhost:11434/v1",
                "http://127.0.0.1/v1",
                "http://[::1]/v1"
            })
    void trustsTheOperator(String url) {
        assertThatCode(() -> strict.checkConfigured(URI.create(url))).doesNotThrowAnyException();
    }

    @Test
    void letsNoKeyOfTheOperatorsGoBeyondThisMachineInTheClear() {
        // given
        var url = URI.create("http://vllm.internal:8000/v1");

        // when / then
        assertThatThrownBy(() -> strict.checkConfigured(url))
                .isInstanceOf(RefusedEndpoint.class)
                .hasMessageContainingAll("http://vllm.internal", "plain-http");
        assertThatCode(() -> lenient.checkConfigured(url)).doesNotThrowAnyException();
    }

    private static HttpSettings settings(Permission plainHttp, Permission privateAddresses) {
        return new HttpSettings(
                8,
                Duration.ofSeconds(15),
                Duration.ofMinutes(5),
                DataSize.ofKilobytes(8),
                DataSize.ofKilobytes(16),
                plainHttp,
                privateAddresses,
                HOSTS);
    }
}

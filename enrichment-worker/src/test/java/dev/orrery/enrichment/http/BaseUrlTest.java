package dev.orrery.enrichment.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://json.astrologyapi.com/v1, json.astrologyapi.com/v1",
        "http://127.0.0.1:8081/astrology/v1/, 127.0.0.1:8081/astrology/v1",
        "http://127.0.0.1:8090, 127.0.0.1:8090"
    })
    void tellsServicesApartThatStandOnOneMachine(String url, String name) {
        // when / then
        assertThat(BaseUrl.name(URI.create(url))).isEqualTo(name);
    }
}

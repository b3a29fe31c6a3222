package dev.orrery.ingest.security;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.orrery.ingest.testing.Tokens;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/** Tokens of an issuer who publishes keys, over real HTTP. */
class IssuerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ReactorResourceFactory loops = new ReactorResourceFactory();
    private final KeyPair keys = newKeys();
    private final HttpServer issuer = issuer((ECPublicKey) keys.getPublic());
    private final ReactiveJwtDecoder tokens;

    IssuerTest() {
        loops.setUseGlobalResources(false);
        loops.setShutdownQuietPeriod(Duration.ZERO);
        loops.afterPropertiesSet();
        var address = URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys");
        var settings = new TokenSettings(null, address, null, Duration.ofHours(1));
        this.tokens = new SecurityConfiguration().tokens(settings, Clock.systemUTC(), loops);
    }

    @AfterEach
    void close() {
        issuer.stop(0);
        loops.destroy();
    }

    @Test
    void acceptsWhatTheIssuerSigned() {
        // when
        var token = tokens.decode(signed(keys)).block(PATIENCE);

        // then
        assertThat(requireNonNull(token).getSubject()).isEqualTo("asha");
    }

    @Test
    void refusesAnotherSigner() {
        // given
        var other = newKeys();

        // when
        var decoding = tokens.decode(signed(other));

        // then
        assertThatThrownBy(() -> decoding.block(PATIENCE)).isInstanceOf(BadJwtException.class);
    }

    @Test
    void refusesAPublicKeyThatPosesAsASecret() {
        // given
        var publicKey = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        var token =
                Tokens.signed("{\"alg\":\"HS256\",\"kid\":\"1\"}", CLAIMS, "HmacSHA256", publicKey);

        // when
        var decoding = tokens.decode(token);

        // then
        assertThatThrownBy(() -> decoding.block(PATIENCE)).isInstanceOf(BadJwtException.class);
    }

    @Test
    void showsAnIssuerThatIsAwayAsAnOutageAndNotAsABadToken() {
        // given
        issuer.stop(0);

        // when
        var decoding = tokens.decode(signed(keys));

        // then
        assertThatThrownBy(() -> decoding.block(PATIENCE))
                .isInstanceOf(JwtException.class)
                .isNotInstanceOf(BadJwtException.class);
    }

    private static final String CLAIMS =
            "{\"sub\":\"asha\",\"scope\":\"chat\",\"exp\":" + Tokens.inSeconds(600) + "}";

    private static String signed(KeyPair keys) {
        var content =
                Tokens.encoded("{\"alg\":\"ES256\",\"kid\":\"1\"}") + "." + Tokens.encoded(CLAIMS);
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + encoded(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static HttpServer issuer(ECPublicKey key) {
        var document =
                """
                {"keys": [{"kty": "EC", "crv": "P-256", "kid": "1", "use": "sig", "x": "%s", "y": "%s"}]}
                """
                        .formatted(
                                coordinate(key.getW().getAffineX()),
                                coordinate(key.getW().getAffineY()))
                        .getBytes(StandardCharsets.UTF_8);
        try {
            var server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
            server.createContext(
                    "/keys",
                    exchange -> {
                        exchange.getResponseHeaders().set("Content-Type", "application/json");
                        exchange.sendResponseHeaders(200, document.length);
                        exchange.getResponseBody().write(document);
                        exchange.close();
                    });
            server.start();
            return server;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** 32 bytes, whatever the number. */
    private static String coordinate(BigInteger number) {
        var bytes = number.toByteArray();
        var coordinate = new byte[32];
        int length = Math.min(bytes.length, coordinate.length);
        System.arraycopy(
                bytes, bytes.length - length, coordinate, coordinate.length - length, length);
        return encoded(coordinate);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

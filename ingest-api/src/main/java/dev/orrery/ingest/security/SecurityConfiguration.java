package dev.orrery.ingest.security;

import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.problems.ProblemWriter;
import dev.orrery.pipeline.http.Problem;
import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.web.reactive.function.client.WebClient;

/** Who may come in. The algorithm comes from here and never from the token. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {

    private static final Duration ISSUER_CONNECTS = Duration.ofSeconds(2);
    private static final Duration ISSUER_ANSWERS = Duration.ofSeconds(3);

    @Bean
    SecurityWebFilterChain doors(
            ServerHttpSecurity http, ReactiveJwtDecoder tokens, ProblemWriter problems) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable) // no cookies, so nothing to forge
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .authorizeExchange(paths ->
                        paths.pathMatchers("/actuator/health/**")
                                .permitAll()
                                .pathMatchers("/actuator/**")
                                .hasAuthority("SCOPE_admin")
                                .pathMatchers("/v1/**")
                                .hasAuthority("SCOPE_chat")
                                .pathMatchers("/admin/**")
                                .hasAuthority("SCOPE_admin")
                                .anyExchange()
                                .authenticated())
                .oauth2ResourceServer(server ->
                        server.bearerTokenConverter(new OneBearerToken())
                                .authenticationEntryPoint(problems::handle)
                                .accessDeniedHandler(problems::handle)
                                .jwt(jwt -> jwt.jwtDecoder(tokens)))
                .exceptionHandling(failures ->
                        failures.authenticationEntryPoint(problems::handle)
                                .accessDeniedHandler(problems::handle))
                .build();
    }

    /** An address that no honest client sends (doubled slashes, encoded ones, {@code ;}). */
    @Bean
    ServerExchangeRejectedHandler crookedAddresses(ProblemWriter problems) {
        return (exchange, rejected) ->
                problems.handle(
                        exchange,
                        new Problem(
                                ProblemCode.INVALID_REQUEST,
                                "the address or a header (expected: a plain path)"));
    }

    @Bean
    ReactiveJwtDecoder tokens(TokenSettings settings, Clock clock, ReactorResourceFactory loops) {
        var rules = new TokenRules(clock, settings);
        return new StrictTokens(
                settings.secret() instanceof String secret
                        ? signedWith(secret, rules)
                        : signedBy(
                                new IssuerKeys(
                                        issuer(loops), String.valueOf(settings.jwksUrl()), clock),
                                rules));
    }

    private static ReactiveJwtDecoder signedWith(String secret, TokenRules rules) {
        var key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        var verifier =
                NimbusReactiveJwtDecoder.withSecretKey(key)
                        .macAlgorithm(MacAlgorithm.HS256)
                        .build();
        verifier.setJwtValidator(rules);
        return verifier;
    }

    private static ReactiveJwtDecoder signedBy(IssuerKeys keys, TokenRules rules) {
        var verifier =
                NimbusReactiveJwtDecoder.withJwkSource(keys::of)
                        .jwtProcessorCustomizer(processor ->
                                processor.setJWSKeySelector(
                                        new JWSVerificationKeySelector<>(
                                                IssuerKeys.ALGORITHMS,
                                                new JWKSecurityContextJWKSet())))
                        .build();
        verifier.setJwtValidator(rules);
        // The verifier tells an issuer that is away by a state, which would look like our defect.
        return token ->
                verifier.decode(token)
                        .onErrorMap(
                                IllegalStateException.class,
                                away -> new JwtException("the issuer gives no keys", away));
    }

    /** An issuer that does not answer shows as an outage, and not as a request that hangs. */
    private static WebClient issuer(ReactorResourceFactory loops) {
        var connector =
                new ReactorClientHttpConnector(
                        loops,
                        http ->
                                http.option(
                                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                                millis(ISSUER_CONNECTS))
                                        .responseTimeout(ISSUER_ANSWERS));
        return WebClient.builder().clientConnector(connector).build();
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}

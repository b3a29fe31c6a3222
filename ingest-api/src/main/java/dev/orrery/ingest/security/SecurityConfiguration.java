package dev.orrery.ingest.security;

import dev.orrery.ingest.problems.ProblemWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;

/** Who may come in. The algorithm comes from here and never from the token. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {

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

    @Bean
    ReactiveJwtDecoder tokens(TokenSettings settings, Clock clock) {
        var verifier = verifier(settings);
        verifier.setJwtValidator(new TokenRules(clock, settings.audience()));
        return new StrictTokens(verifier);
    }

    private static NimbusReactiveJwtDecoder verifier(TokenSettings settings) {
        if (settings.secret() instanceof String secret) {
            var key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
            return NimbusReactiveJwtDecoder.withSecretKey(key)
                    .macAlgorithm(MacAlgorithm.HS256)
                    .build();
        }
        return NimbusReactiveJwtDecoder.withJwkSetUri(String.valueOf(settings.jwksUrl()))
                .jwsAlgorithm(SignatureAlgorithm.RS256)
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .build();
    }
}

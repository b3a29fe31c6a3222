package dev.orrery.ingest.security;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Reads the token from the one Authorization header; two of them are refused, since they may name
 * two users.
 */
final class OneBearerToken implements ServerAuthenticationConverter {

    private final ServerBearerTokenAuthenticationConverter header =
            new ServerBearerTokenAuthenticationConverter();

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        var headers = exchange.getRequest().getHeaders().getValuesAsList(HttpHeaders.AUTHORIZATION);
        if (headers.size() > 1) {
            return Mono.error(
                    new InvalidBearerTokenException("more than one Authorization header"));
        }
        return header.convert(exchange);
    }
}

package dev.orrery.ingest.documents;

import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Lets an endpoint ask for the request's body as a {@link Document}. */
@Component
public final class DocumentArgument implements HandlerMethodArgumentResolver {

    private final DocumentReader reader;

    DocumentArgument(DocumentReader reader) {
        this.reader = reader;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Document.class;
    }

    @Override
    public Mono<Object> resolveArgument(
            MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
        return reader.read(exchange.getRequest()).cast(Object.class);
    }
}

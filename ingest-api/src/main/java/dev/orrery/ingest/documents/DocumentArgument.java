package dev.orrery.ingest.documents;

import java.util.Optional;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Lets an endpoint ask for the request's body as a {@link Document}, or as an {@link Optional} one
 * where it may be left out.
 */
@Component
public final class DocumentArgument implements HandlerMethodArgumentResolver {

    private final DocumentReader reader;

    DocumentArgument(DocumentReader reader) {
        this.reader = reader;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Document.class || isOptional(parameter);
    }

    private static boolean isOptional(MethodParameter parameter) {
        return parameter.getParameterType() == Optional.class
                && parameter.nested().getNestedParameterType() == Document.class;
    }

    @Override
    public Mono<Object> resolveArgument(
            MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
        var request = exchange.getRequest();
        return isOptional(parameter)
                ? reader.readIfAny(request).cast(Object.class)
                : reader.read(request).cast(Object.class);
    }
}

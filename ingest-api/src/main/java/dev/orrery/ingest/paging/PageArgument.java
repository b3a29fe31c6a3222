package dev.orrery.ingest.paging;

import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Lets an endpoint ask for a {@link PageRequest}. */
@Component
public final class PageArgument implements HandlerMethodArgumentResolver {

    PageArgument() {}

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == PageRequest.class;
    }

    @Override
    public Mono<Object> resolveArgument(
            MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
        var parameters = exchange.getRequest().getQueryParams();
        return Mono.fromSupplier(() ->
                PageRequest.descending(
                        parameters.getFirst("limit"), parameters.getFirst("cursor")));
    }
}

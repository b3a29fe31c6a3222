package dev.orrery.ingest.documents;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.http.JsonBodies;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Lets an endpoint ask for the {@link Fields} of the request's body. */
@Component
public final class BodyArgument implements HandlerMethodArgumentResolver {

    private static final int MAX_BODY_BYTES = 256 * 1024;
    private static final int MAX_NESTING = 16;

    private final JsonBodies bodies =
            new JsonBodies(
                    MAX_BODY_BYTES,
                    MAX_NESTING,
                    ProblemCode.INVALID_REQUEST,
                    Schedulers.parallel());

    BodyArgument() {}

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Fields.class;
    }

    @Override
    public Mono<Object> resolveArgument(
            MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
        return bodies.read(exchange.getRequest()).cast(Object.class);
    }
}

package dev.orrery.ingest.admin.prompts;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.boot.GatewayProperties;
import dev.orrery.pipeline.gateway.GatewayClient;
import dev.orrery.pipeline.gateway.GatewayFailure;
import dev.orrery.pipeline.gateway.GenerateRequest;
import dev.orrery.pipeline.gateway.Generated;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.prompt.RenderedPrompt;
import dev.orrery.pipeline.prompt.lint.Finding;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Sends previews to a model, through the gateway and by its rules. */
@Component
final class AskedModel implements DisposableBean {

    private static final String SERVICE = "orrery-ingest";

    /**
     * What a model said, or why it did not.
     *
     * @param failure code and words of the gateway, or of the finding for which it was not asked;
     *     null when there is a text
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Reply(
            @Nullable String text,
            @Nullable String provider,
            @Nullable String model,
            @Nullable Long inputTokens,
            @Nullable Long outputTokens,
            @Nullable String failure) {

        static Reply of(Generated generated) {
            return new Reply(
                    generated.text(),
                    generated.provider(),
                    generated.model(),
                    generated.inputTokens(),
                    generated.outputTokens(),
                    null);
        }

        static Reply notAsked(Finding why) {
            return new Reply(null, null, null, null, null, why.code() + ": " + why.message());
        }

        static Reply failed(GatewayFailure failure) {
            return new Reply(null, null, null, null, null, failure.getMessage());
        }
    }

    private final @Nullable GatewayClient client;

    AskedModel(GatewayProperties settings, Clock clock) {
        this.client =
                settings.access(SERVICE)
                        .map(access -> new GatewayClient(access, clock))
                        .orElse(null);
    }

    /** A {@link Problem} when there is no gateway, or nothing says which model is meant. */
    Mono<Reply> ask(GivenPrompt prompt, RenderedPrompt rendered) {
        if (client == null) {
            throw new Problem(
                    ProblemCode.INVALID_REQUEST,
                    "send: no gateway is configured (expected: orrery.gateway.url and"
                            + " orrery.gateway.key)");
        }
        return client.generate(request(prompt, rendered))
                .map(Reply::of)
                .onErrorResume(GatewayFailure.class, failure -> Mono.just(Reply.failed(failure)));
    }

    private static GenerateRequest request(GivenPrompt prompt, RenderedPrompt rendered) {
        if (prompt.provider() == null || prompt.model() == null) {
            throw new Problem(
                    ProblemCode.INVALID_REQUEST,
                    "send: nobody to ask (expected: provider and model)");
        }
        return new GenerateRequest(
                prompt.provider(),
                prompt.model(),
                rendered.systemInstruction().isBlank() ? null : rendered.systemInstruction(),
                messages(rendered),
                null,
                null,
                Math.toIntExact(Math.min(prompt.maxOutputTokens(), 200_000)),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static List<GenerateRequest.Message> messages(RenderedPrompt rendered) {
        return rendered.messages().stream()
                .map(each -> new GenerateRequest.Message(each.getRole(), each.getContent()))
                .toList();
    }

    @Override
    public void destroy() {
        if (client != null) {
            client.close();
        }
    }
}

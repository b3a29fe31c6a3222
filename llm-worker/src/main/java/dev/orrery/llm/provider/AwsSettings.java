package dev.orrery.llm.provider;

import dev.orrery.llm.bedrock.BedrockAccess;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Access to Bedrock. Without keys of its own, the provider's API key is sent as bearer token.
 *
 * @param secretAccessKey secret
 * @param sessionToken secret; blank for lasting keys
 * @param region of calls that name none
 * @param endpoint in place of Amazon's own, {@code {region}} standing for the region; blank for
 *     none
 */
public record AwsSettings(
        @DefaultValue("") String accessKeyId,
        @DefaultValue("") String secretAccessKey,
        @DefaultValue("") String sessionToken,
        @DefaultValue("ap-south-1") String region,
        @DefaultValue("") String endpoint) {

    /** Where calls that name no region go in place of Amazon; null when that is nowhere else. */
    @Nullable URI inPlaceOfAmazon() {
        return endpoint.isBlank() ? null : URI.create(endpoint.replace("{region}", region));
    }

    boolean hasKeys() {
        return !accessKeyId.isBlank() && !secretAccessKey.isBlank();
    }

    /**
     * One way a key; signing keys, which are a pair, stand above all others.
     *
     * @param apiKeys of the provider
     */
    List<BedrockAccess> access(List<String> apiKeys) {
        if (!hasKeys()) {
            return apiKeys.stream()
                    .map(key -> access(new BedrockAccess.Credentials.ApiKey(key)))
                    .toList();
        }
        var token = sessionToken.strip();
        return List.of(
                access(
                        new BedrockAccess.Credentials.Keys(
                                accessKeyId.strip(),
                                secretAccessKey.strip(),
                                token.isEmpty() ? null : token)));
    }

    private BedrockAccess access(BedrockAccess.Credentials credentials) {
        return new BedrockAccess(credentials, region, endpoint.isBlank() ? null : endpoint);
    }

    /** Says nothing of the secrets. */
    @Override
    public String toString() {
        return "AwsSettings[" + region + "]";
    }
}

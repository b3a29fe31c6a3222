package dev.orrery.pipeline.serde;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to a Confluent-compatible schema registry. What was learnt once is kept for ever: an id
 * never changes its schema, and a subject never changes the id of a schema.
 *
 * <p>Thread safety: may be shared. Blocks for as long as the time-outs allow, unless the answer is
 * known already; never to be called on an event loop. Closed by whoever made it.
 */
public final class RegistryClient implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    /** What a registry says of a subject, a version, a schema that it does not know. */
    private static final Set<Integer> UNKNOWN = Set.of(40401, 40402, 40403);

    private record Registration(String subject, Schema schema) {}

    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<String> urls;
    private final HttpClient http;
    private final ConcurrentHashMap<Registration, Integer> ids = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Integer, Schema> schemas = new ConcurrentHashMap<>();

    /**
     * @param urls one or more addresses, parted by commas; they are tried in this order
     */
    public RegistryClient(String urls) {
        this.urls =
                Arrays.stream(urls.split(","))
                        .map(String::strip)
                        .filter(url -> !url.isEmpty())
                        .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
                        .toList();
        if (this.urls.isEmpty()) {
            throw new IllegalArgumentException(
                    "schema.registry.url: \"" + urls + "\" (expected: an http address)");
        }
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .build();
    }

    /**
     * Registers the schema under the subject, or finds that it is. Idempotent.
     *
     * @throws SchemaRefused when the registry finds it incompatible or invalid
     * @throws RegistryUnreachable when no registry answers
     */
    public int register(String subject, Schema schema) {
        return idOf(
                new Registration(subject, schema), "/subjects/" + encoded(subject) + "/versions");
    }

    /**
     * The id under which the subject knows the schema.
     *
     * @throws SchemaUnknown when the subject does not know it
     * @throws RegistryUnreachable when no registry answers
     */
    public int idOf(String subject, Schema schema) {
        return idOf(new Registration(subject, schema), "/subjects/" + encoded(subject));
    }

    /**
     * The schema of an id.
     *
     * @throws SchemaUnknown when there is none
     * @throws RegistryUnreachable when no registry answers
     */
    public Schema schemaOf(int id) {
        var known = schemas.get(id);
        if (known != null) {
            return known;
        }
        var answer = send("GET", "/schemas/ids/" + id, "");
        try {
            var schema = new Schema.Parser().parse(answer.path("schema").asString());
            schemas.put(id, schema);
            return schema;
        } catch (SchemaParseException malformed) {
            throw new SchemaUnknown("schema " + id + " cannot be read", malformed);
        }
    }

    /**
     * Sets what every later version of the subject has to be compatible with.
     *
     * @param level as the registry names it, for example FULL_TRANSITIVE
     */
    public void setCompatibility(String subject, String level) {
        var body = JSON.createObjectNode().put("compatibility", level);
        send("PUT", "/config/" + encoded(subject), JSON.writeValueAsString(body));
    }

    /** Gives up what is in flight. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    private int idOf(Registration registration, String path) {
        var known = ids.get(registration);
        if (known != null) {
            return known;
        }
        var body = JSON.createObjectNode().put("schema", registration.schema().toString());
        int id = send("POST", path, JSON.writeValueAsString(body)).path("id").asInt();
        ids.put(registration, id);
        schemas.putIfAbsent(id, registration.schema());
        return id;
    }

    private JsonNode send(String method, String path, String body) {
        RegistryUnreachable last = null;
        for (String url : urls) {
            try {
                return send(url, method, path, body);
            } catch (RegistryUnreachable unreachable) {
                last = unreachable;
            }
        }
        throw last == null ? new RegistryUnreachable("no registry is configured", null) : last;
    }

    private JsonNode send(String url, String method, String path, String body) {
        var request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(ANSWER_TIMEOUT)
                        .header("Accept", CONTENT_TYPE)
                        .header("Content-Type", CONTENT_TYPE)
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return answer(path, http.send(request, BodyHandlers.ofString()));
        } catch (IOException away) {
            throw new RegistryUnreachable("schema registry at " + url + " does not answer", away);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RegistryUnreachable(
                    "interrupted while waiting for the schema registry", interrupted);
        }
    }

    private static JsonNode answer(String path, HttpResponse<String> response) {
        int status = response.statusCode();
        if (status == 408 || status == 429 || status >= 500) {
            throw new RegistryUnreachable(
                    "schema registry answered " + status + " to " + path, null);
        }
        try {
            var body = JSON.readTree(response.body());
            if (status < 300) {
                return body;
            }
            var said = path + ": " + status + " " + body.path("message").asString("");
            if (UNKNOWN.contains(body.path("error_code").asInt(0))) {
                throw new SchemaUnknown(said, null);
            }
            if (status == 409 || status == 422) {
                throw new SchemaRefused(said);
            }
            // Not a registry's word about a schema: a proxy's, or that we may not ask.
            throw new RegistryUnreachable("schema registry answered to " + said, null);
        } catch (JacksonException noRegistry) {
            throw new RegistryUnreachable(
                    "schema registry answered " + status + " without JSON to " + path, noRegistry);
        }
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8);
    }
}

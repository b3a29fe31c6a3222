package dev.orrery.embedded.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The paths of Confluent's registry that we serve, each with what it answers.
 *
 * <p>Called on a request thread; blocks as {@link Registrations} does. An answer is turned into
 * JSON by its caller.
 */
final class Routes {

    /** A request as a route sees it: the variables of its path, its query, its body. */
    record Call(Map<String, String> path, Map<String, String> query, RequestBody body) {

        String subject() {
            return variable("subject");
        }

        Version version() {
            return Version.of(variable("version"));
        }

        String schema() {
            return body.avroSchema();
        }

        boolean asks(String parameter) {
            return Boolean.parseBoolean(query.getOrDefault(parameter, "false"));
        }

        private String variable(String name) {
            String value = path.get(name);
            if (value == null) {
                throw new IllegalStateException("BUG: no %s in %s".formatted(name, path));
            }
            return value;
        }
    }

    private record Route(String method, List<String> pattern, Function<Call, Object> answer) {

        /** The variables of the path, or null if it is not of this pattern. */
        @Nullable Map<String, String> match(List<String> path) {
            if (path.size() != pattern.size()) {
                return null;
            }
            Map<String, String> variables = new TreeMap<>();
            for (int i = 0; i < path.size(); i++) {
                String expected = pattern.get(i);
                if (expected.startsWith(":")) {
                    variables.put(expected.substring(1), path.get(i));
                } else if (!expected.equals(path.get(i))) {
                    return null;
                }
            }
            return variables;
        }
    }

    private final Registrations registrations;

    private final List<Route> routes;

    Routes(Registrations registrations) {
        this.registrations = registrations;
        this.routes =
                List.of(
                        route("GET", "", call -> Map.of()),
                        route("GET", "subjects", call -> registrations.subjects()),
                        route("POST", "subjects/:subject", this::lookUp),
                        route(
                                "GET",
                                "subjects/:subject/versions",
                                call -> registrations.versions(call.subject())),
                        route("POST", "subjects/:subject/versions", this::register),
                        route("GET", "subjects/:subject/versions/:version", this::version),
                        route("GET", "schemas/ids/:id", this::schema),
                        route("GET", "schemas/types", call -> List.of(RequestBody.AVRO)),
                        route(
                                "POST",
                                "compatibility/subjects/:subject/versions/:version",
                                this::compatibility),
                        route("GET", "config", call -> levelInForce(registrations.level())),
                        route("PUT", "config", call -> setLevel(Optional.empty(), call)),
                        route("GET", "config/:subject", this::level),
                        route(
                                "PUT",
                                "config/:subject",
                                call -> setLevel(Optional.of(call.subject()), call)));
    }

    private static Route route(String method, String pattern, Function<Call, Object> answer) {
        return new Route(
                method, pattern.isEmpty() ? List.of() : List.of(pattern.split("/")), answer);
    }

    /**
     * Answers a request.
     *
     * @param path its segments, decoded
     * @throws Refused with the error to answer
     */
    Object answer(String method, List<String> path, Map<String, String> query, RequestBody body) {
        List<Route> others = new ArrayList<>();
        for (Route route : routes) {
            Map<String, String> variables = route.match(path);
            if (variables != null && route.method().equals(method)) {
                return route.answer().apply(new Call(variables, query, body));
            }
            if (variables != null) {
                others.add(route);
            }
        }
        throw others.isEmpty() ? Refused.noSuchRoute() : Refused.methodNotAllowed();
    }

    private Object lookUp(Call call) {
        return registrations.lookUp(call.subject(), call.schema());
    }

    private Object register(Call call) {
        return Map.of("id", registrations.register(call.subject(), call.schema()));
    }

    private Object version(Call call) {
        return registrations.version(call.subject(), call.version());
    }

    private Object schema(Call call) {
        String id = call.variable("id");
        if (!id.matches("-?\\d{1,10}") || Long.parseLong(id) != (int) Long.parseLong(id)) {
            throw Refused.noSuchRoute(); // as for every path whose number is none of 32 bits
        }
        return Map.of("schema", registrations.schema(Integer.parseInt(id)));
    }

    private Object compatibility(Call call) {
        List<String> objections =
                registrations.objections(call.subject(), call.version(), call.schema());
        return call.asks("verbose")
                ? Map.of("is_compatible", objections.isEmpty(), "messages", objections)
                : Map.of("is_compatible", objections.isEmpty());
    }

    private Object level(Call call) {
        return levelInForce(
                call.asks("defaultToGlobal")
                        ? registrations.effectiveLevel(call.subject())
                        : registrations.level(call.subject()));
    }

    private static Object levelInForce(CompatibilityLevel level) {
        return Map.of("compatibilityLevel", level);
    }

    private Object setLevel(Optional<String> subject, Call call) {
        CompatibilityLevel level = call.body().level();
        registrations.setLevel(subject, level);
        return Map.of("compatibility", level);
    }
}

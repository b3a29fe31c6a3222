package dev.orrery.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Gives a newcomer somebody to be: a user with birth details and a filled wallet, made through the
 * door like any other. Doing it again changes nothing.
 */
final class DemoPeople {

    static final String USER = "demo-user";
    static final String ADMIN = "demo-admin";

    private static final String PROFILE =
            """
            {"name": "Asha", "gender": "female", "language": "ENGLISH", "country": "IN",
             "birth": {"date": "1995-08-21", "time": "06:45", "place": "Pune",
                       "latitude": 18.5204, "longitude": 73.8567, "utc_offset": 5.5}}
            """;

    /** Enough for two hundred messages to the demo bot. */
    private static final String TOP_UP =
            """
            {"payment_id": "demo-welcome", "amount_micros": 1000000000, "currency": "INR"}
            """;

    private final URI door;
    private final Secrets secrets;

    DemoPeople(URI door, Secrets secrets) {
        this.door = door;
        this.secrets = secrets;
    }

    void welcome() throws IOException, InterruptedException {
        try (var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            if (!exists(http)) {
                send(http, "PUT", "/v1/me", PROFILE, secrets.token(USER, "chat"));
            }
            send(
                    http,
                    "POST",
                    "/admin/v1/wallets/" + USER + "/top-ups",
                    TOP_UP,
                    secrets.token(ADMIN, "admin"));
        }
    }

    private boolean exists(HttpClient http) throws IOException, InterruptedException {
        var request = request("/v1/me", secrets.token(USER, "chat")).GET().build();
        var status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        return status == 200;
    }

    private void send(HttpClient http, String method, String path, String body, String token)
            throws IOException, InterruptedException {
        var request =
                request(path, token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(
                    method
                            + " "
                            + path
                            + " answered "
                            + response.statusCode()
                            + ": "
                            + response.body());
        }
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(door.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token);
    }
}

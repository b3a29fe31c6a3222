package dev.orrery.simulator.weather;

import dev.orrery.simulator.call.Received;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to know.
 *
 * @param variables of the current weather, as the service names them
 * @param local whether times are wanted in the zone of the place
 */
record ForecastRequest(
        double latitude,
        double longitude,
        List<String> variables,
        TemperatureUnit temperature,
        WindUnit wind,
        boolean local) {

    /**
     * @throws ImpossibleRequest naming the parameter that is missing or cannot be
     */
    static ForecastRequest of(Received received) {
        String variables = received.parameter("current");
        List<String> wanted = variables == null ? List.of() : List.of(variables.split(","));
        for (String variable : wanted) {
            if (!Forecast.VARIABLES.contains(variable)) {
                throw new ImpossibleRequest("Invalid variable in current: " + variable);
            }
        }
        return new ForecastRequest(
                degrees(received, "latitude", 90),
                degrees(received, "longitude", 180),
                wanted,
                TemperatureUnit.named(received.parameter("temperature_unit")),
                WindUnit.named(received.parameter("wind_speed_unit")),
                "auto".equals(received.parameter("timezone")));
    }

    private static double degrees(Received received, String name, double greatest) {
        String text = received.parameter(name);
        double degrees = text == null ? Double.NaN : parsed(text);
        if (!(Math.abs(degrees) <= greatest)) {
            throw new ImpossibleRequest(
                    name + " must be in range of -" + greatest + " to " + greatest);
        }
        return degrees;
    }

    private static double parsed(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException noNumber) {
            return Double.NaN;
        }
    }

    /** In which temperatures are told. */
    enum TemperatureUnit {
        CELSIUS("°C"),
        FAHRENHEIT("°F");

        private final String symbol;

        TemperatureUnit(String symbol) {
            this.symbol = symbol;
        }

        static TemperatureUnit named(@Nullable String name) {
            return "fahrenheit".equals(name) ? FAHRENHEIT : CELSIUS;
        }

        String symbol() {
            return symbol;
        }

        double of(double celsius) {
            return this == CELSIUS ? celsius : celsius * 9 / 5 + 32;
        }
    }

    /** In which speeds of wind are told. */
    enum WindUnit {
        KILOMETRES_AN_HOUR("kmh", "km/h", 1),
        METRES_A_SECOND("ms", "m/s", 1 / 3.6),
        MILES_AN_HOUR("mph", "mp/h", 1 / 1.609344),
        KNOTS("kn", "kn", 1 / 1.852);

        private final String name;
        private final String symbol;
        private final double factor;

        WindUnit(String name, String symbol, double factor) {
            this.name = name;
            this.symbol = symbol;
            this.factor = factor;
        }

        static WindUnit named(@Nullable String name) {
            for (WindUnit unit : values()) {
                if (unit.name.equals(name)) {
                    return unit;
                }
            }
            return KILOMETRES_AN_HOUR;
        }

        String symbol() {
            return symbol;
        }

        double of(double kilometresAnHour) {
            return kilometresAnHour * factor;
        }
    }
}

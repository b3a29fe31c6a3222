package dev.orrery.simulator.astrology.chart;

/**
 * A place on the sidereal ecliptic.
 *
 * @param longitude degrees, 0 … 360 without 360
 * @param speed degrees a day; negative backwards
 */
public record Point(double longitude, double speed) {

    public Sign sign() {
        return Sign.at(longitude);
    }

    /** Degrees from the beginning of the sign. */
    public double inSign() {
        return longitude % 30;
    }

    public Nakshatra nakshatra() {
        return Nakshatra.at(longitude);
    }

    /** 1 to 4. */
    public int pada() {
        return Nakshatra.padaAt(longitude);
    }

    public Sign navamsa() {
        return Sign.navamsaAt(longitude);
    }

    public boolean isRetrograde() {
        return speed < 0;
    }
}

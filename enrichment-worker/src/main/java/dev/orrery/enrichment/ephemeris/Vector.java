package dev.orrery.enrichment.ephemeris;

/** A place or a direction in space; what unit and what axes, the user says. */
record Vector(double x, double y, double z) {

    /**
     * @param longitude radians
     * @param latitude radians
     */
    static Vector ofSpherical(double longitude, double latitude, double distance) {
        double inPlane = distance * Math.cos(latitude);
        return new Vector(
                inPlane * Math.cos(longitude),
                inPlane * Math.sin(longitude),
                distance * Math.sin(latitude));
    }

    Vector plus(Vector other) {
        return new Vector(x + other.x, y + other.y, z + other.z);
    }

    Vector minus(Vector other) {
        return new Vector(x - other.x, y - other.y, z - other.z);
    }

    Vector times(double factor) {
        return new Vector(x * factor, y * factor, z * factor);
    }

    double dot(Vector other) {
        return x * other.x + y * other.y + z * other.z;
    }

    double length() {
        return Math.sqrt(dot(this));
    }

    Vector unit() {
        return times(1 / length());
    }

    /** The same place seen from axes that are turned about x, from y towards z. */
    Vector fromAxesTurnedAboutX(double radians) {
        double cosine = Math.cos(radians);
        double sine = Math.sin(radians);
        return new Vector(x, y * cosine + z * sine, z * cosine - y * sine);
    }

    /** The same place seen from axes that are turned about z, from x towards y. */
    Vector fromAxesTurnedAboutZ(double radians) {
        double cosine = Math.cos(radians);
        double sine = Math.sin(radians);
        return new Vector(x * cosine + y * sine, y * cosine - x * sine, z);
    }

    /** Radians, from −π to π. */
    double longitude() {
        return Math.atan2(y, x);
    }

    /** Radians, from −π/2 to π/2. */
    double latitude() {
        return Math.atan2(z, Math.hypot(x, y));
    }
}

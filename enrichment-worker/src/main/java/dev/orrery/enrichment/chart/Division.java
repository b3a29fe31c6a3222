package dev.orrery.enrichment.chart;

/** The divisional charts that are drawn. */
public enum Division {
    /** Rasi: the signs themselves. */
    D1 {
        @Override
        public Sign of(ZodiacPoint point) {
            return point.sign();
        }
    },

    /** Navamsa: the signs of the ninth parts. */
    D9 {
        @Override
        public Sign of(ZodiacPoint point) {
            return point.navamsa();
        }
    };

    /** The sign in which the chart shows a point. */
    public abstract Sign of(ZodiacPoint point);
}

// Apparent positions 1900-2100 by Astronomy Engine (MIT), an independent implementation.
// usage: node astronomy-engine.mjs OUT_DIR
import { writeFileSync } from 'node:fs';
import * as Astronomy from 'astronomy-engine';

const BODIES = ['Sun', 'Moon', 'Mercury', 'Venus', 'Mars', 'Jupiter', 'Saturn'];
const DAYS_FROM_1900_TO_J2000 = 36524.5;
const lines = ['# Made by golden/astronomy-engine.mjs. Julian day TT, body, apparent longitude from the true equinox of date, latitude.'];
for (let i = 0; i <= 200; i += 2) {
  const days = Math.round((i * 365.25 + (i * 53.7) % 365 - DAYS_FROM_1900_TO_J2000) * 1000) / 1000;
  const time = Astronomy.AstroTime.FromTerrestrialTime(days);
  for (const body of BODIES) {
    const ecliptic = Astronomy.Ecliptic(Astronomy.GeoVector(body, time, true));
    lines.push([(2451545 + days).toFixed(3), body.toLowerCase(), ecliptic.elon.toFixed(5), ecliptic.elat.toFixed(5)].join(','));
  }
}
writeFileSync(`${process.argv[2]}/astronomy-engine.csv`, lines.join('\n') + '\n');

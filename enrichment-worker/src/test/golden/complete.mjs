// Apparent positions 1900-2100 by the complete series VSOP87B and ELP/MPP02 (carried by astronomia, MIT), reduced by Astronomy
// Engine (MIT); its nutation, of five terms, is taken out again. Prints how far that is from de405.csv, whose years are fewer.
// usage: node complete.mjs OUT_DIR, with de405.csv in that folder
import { readFileSync, writeFileSync } from 'node:fs';
import * as Astronomy from 'astronomy-engine';
import data from 'astronomia/data';
import { Moon } from 'astronomia/elp';

const BODIES = ['sun', 'moon', 'mercury', 'venus', 'mars', 'jupiter', 'saturn'];
const J2000 = 2451545;
const DAYS_A_MILLENNIUM = 365250;
const DAYS_FROM_1900_TO_J2000 = 36524.5;
const LIGHT = 173.1446326847; // au a day
const KILOMETRES_AN_AU = 149597870.7;
const folder = process.argv[2];
const moon = new Moon(data.elpMppDeFull);

const value = (series, t) => Object.entries(series).reduce((sum, [power, terms]) =>
  sum + terms.reduce((part, [a, b, c]) => part + a * Math.cos(b + c * t), 0) * t ** Number(power), 0);

/** Heliocentric, from the ecliptic and equinox of J2000, au. */
function heliocentric(planet, jd) {
  const t = (jd - J2000) / DAYS_A_MILLENNIUM;
  const [l, b, r] = ['L', 'B', 'R'].map(name => value(data['vsop87B' + planet][name], t));
  return [r * Math.cos(b) * Math.cos(l), r * Math.cos(b) * Math.sin(l), r * Math.sin(b)];
}

const minus = (one, other) => one.map((value, axis) => value - other[axis]);

/** As it was when the light left, which is where aberration and light time show it; the Earth of then, too. */
function geocentric(body, jd) {
  if (body === 'moon') {
    const { x, y, z } = moon.positionXYZ(jd);
    return [x, y, z].map(axis => axis / KILOMETRES_AN_AU);
  }
  const earth = heliocentric('earth', jd);
  return body === 'sun' ? minus([0, 0, 0], earth) : minus(heliocentric(body, jd), earth);
}

/** Longitude from the mean equinox of date, degrees. */
function apparent(body, jd) {
  let away = geocentric(body, jd);
  for (let i = 0; i < 3; i++) {
    away = geocentric(body, jd - Math.hypot(...away) / LIGHT);
  }
  const time = Astronomy.AstroTime.FromTerrestrialTime(jd - J2000);
  const toDate = Astronomy.CombineRotation(Astronomy.Rotation_ECL_EQJ(), Astronomy.Rotation_EQJ_ECT(time));
  const { x, y } = Astronomy.RotateVector(toDate, new Astronomy.Vector(...away, time));
  return (Math.atan2(y, x) * 180 / Math.PI - Astronomy.e_tilt(time).dpsi / 3600 + 360) % 360;
}

const lines = ['# Made by golden/complete.mjs. Julian day TT, body, apparent longitude from the mean equinox of date.'];
for (let i = 0; i <= 200; i += 2.5) {
  const jd = Math.round((J2000 - DAYS_FROM_1900_TO_J2000 + i * 365.25 + (i * 71.3) % 365) * 1000) / 1000;
  for (const body of BODIES) {
    lines.push([jd.toFixed(3), body, apparent(body, jd).toFixed(6)].join(','));
  }
}
writeFileSync(`${folder}/complete.csv`, lines.join('\n') + '\n');

for (const body of BODIES) {
  const errors = readFileSync(`${folder}/de405.csv`, 'utf8').split('\n')
    .map(line => line.split(','))
    .filter(row => row[1] === body)
    .map(([day, , longitude]) => 3600 * (((apparent(body, Number(day)) - longitude) % 360 + 540) % 360 - 180));
  console.log(`${body}: at most ${Math.max(...errors.map(Math.abs)).toFixed(2)}" from DE405`);
}

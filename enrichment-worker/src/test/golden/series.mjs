// Writes the coefficients of the ephemeris package: the terms that matter between 1900 and 2100, with the digits that matter.
// usage: node series.mjs OUT_DIR
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import data from 'astronomia/data';

const out = process.argv[2];

// Terms below these never matter: radians and au for the planets, arc seconds and km for the Moon.
const PLANETS = { earth: 6e-10, mercury: 4e-9, venus: 2e-9, mars: 3e-9, jupiter: 8e-9, saturn: 1e-8 };
const MOON = { L: 0.0005, B: 0.001, R: 0.01 };

/** The shortest text of a number that is off by no more than the error. */
function rounded(value, error) {
  for (let digits = 0; digits < 18; digits++) {
    const text = value.toFixed(digits);
    if (Math.abs(Number(text) - value) <= error) return Number(text) === 0 ? '0' : text;
  }
  return String(value);
}

/**
 * @param cutoff by variable
 * @param reach the largest time, in the unit of the series
 * @param quarter what turns the theory's sines into cosines
 */
function write(name, header, series, cutoff, reach, quarter) {
  const lines = header.map(line => '# ' + line);
  for (const variable of ['L', 'B', 'R']) {
    for (const [power, all] of Object.entries(series[variable])) {
      const grown = reach ** Number(power);
      const limit = cutoff(variable);
      const terms = all.filter(([a]) => Math.abs(a) * grown >= limit).sort((a, b) => Math.abs(b[0]) - Math.abs(a[0]));
      if (terms.length === 0) continue;
      lines.push(`= ${variable} ${power}`);
      for (const [a, first, ...others] of terms) {
        const error = limit / 50 / (Math.abs(a) * grown);
        const phase = [first - quarter, ...others].map((p, i) => rounded(p, error / reach ** i));
        lines.push([rounded(a, limit / 50 / grown), ...phase].join(' '));
      }
    }
  }
  writeFileSync(`${out}/${name}.series`, lines.join('\n') + '\n');
}

for (const [name, limit] of Object.entries(PLANETS)) {
  write(name, [
    `VSOP87B, ${name[0].toUpperCase() + name.slice(1)}: heliocentric longitude L and latitude B (radians), distance R (au), in the dynamical`,
    'ecliptic and equinox J2000. Bretagnon and Francou, Astronomy & Astrophysics 202, 309 (1988); tables of',
    'the IMCCE, free to use, by way of the npm package astronomia 4.2.0 (MIT licence).',
    'Sections are "= variable power of t"; a term is A B C, and adds A cos(B + C t) t^power;',
    `t in Julian millennia from J2000 (TDB). Terms that stay below ${limit} from 1900 to 2100 are left out.`,
  ], data['vsop87B' + name], () => limit, 0.1, 0);
}

write('moon', [
  'ELP/MPP02 fitted to DE405, the Moon: geocentric longitude L and latitude B (arc seconds), distance R (km),',
  'in the mean ecliptic of date from the departure point of J2000; L adds to the mean longitude W1. Chapront',
  'and Francou, Astronomy & Astrophysics 404, 735 (2003); tables of the IMCCE, free to use, by way of the npm',
  'package astronomia 4.2.0 (MIT licence).',
  'Sections are "= variable power of t"; a term is A p0 p1 p2 p3 p4, and adds A cos(p0 + p1 t + ... + p4 t^4) t^power;',
  't in Julian centuries from J2000 (TDB). Terms that stay below these from 1900 to 2100 are left out:',
  `L ${MOON.L}, B ${MOON.B}, R ${MOON.R}.`,
], data.elpMppDeFull, variable => MOON[variable], 1, Math.PI / 2);

const source = readFileSync(createRequire(import.meta.url).resolve('astronomy-engine-1'), 'utf8');
const rows = source.slice(source.indexOf('const iaudata'), source.indexOf('function iau2000b'))
  .match(/\[[-\d, ]+\], cls:\[[-\d, ]+\]/g)
  .map(row => row.match(/-?\d+/g).join(' '));
writeFileSync(`${out}/nutation.terms`, [
  '# IAU 2000B nutation: McCarthy and Luzum, Celestial Mechanics 85, 37 (2003); the 77 luni-solar terms by way of',
  "# the npm package astronomy-engine 1.1.2 (MIT licence). Columns: multipliers of l, l', F, D and Omega; then, in",
  '# units of 0.1 microarcseconds, sine, t sine and cosine of the longitude, and cosine, t cosine and sine of the',
  '# obliquity; t in Julian centuries from J2000 (TT).',
  ...rows,
].join('\n') + '\n');

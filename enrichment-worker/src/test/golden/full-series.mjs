// The complete series, without any term left out, to measure what leaving out costs.
// usage: node full-series.mjs OUT_DIR
import { writeFileSync } from 'node:fs';
import data from 'astronomia/data';

const power = (terms, t, wave) => terms.reduce((sum, [a, ...phase]) =>
  sum + a * wave(phase.reduceRight((rest, coefficient) => rest * t + coefficient, 0)), 0);
const value = (series, t, wave) => Object.entries(series).reduce((sum, [exponent, terms]) =>
  sum + power(terms, t, wave) * t ** Number(exponent), 0);

const lines = ['# Made by golden/full-series.mjs. Days TT from J2000, body, L, B, R as the series give them',
  '# (planets: radians and au; Moon: arc seconds, without its mean longitude, and km).'];
for (let days = -36500; days <= 36525; days += 1217.3) {
  const at = days.toFixed(1);
  for (const planet of ['earth', 'mercury', 'venus', 'mars', 'jupiter', 'saturn']) {
    const series = data['vsop87B' + planet];
    lines.push([at, planet, ...['L', 'B', 'R'].map(v => value(series[v], at / 365250, Math.cos).toFixed(12))].join(','));
  }
  lines.push([at, 'moon', ...['L', 'B', 'R'].map(v => value(data.elpMppDeFull[v], at / 36525, Math.sin).toFixed(6))].join(','));
}
writeFileSync(`${process.argv[2]}/full-series.csv`, lines.join('\n') + '\n');

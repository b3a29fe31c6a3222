"""Positions by JPL DE405, reduced with ERFA (IAU 2006/2000A): an oracle that shares nothing with the Java code.

usage: de405.py OUT_DIR DE405_TABLE
The table is the one of Debian's casacore-data-jpl-de405 (public domain); it covers December 1959 to January 2060.
"""
import sys

import erfa
import numpy as np
from casacore.tables import table
from numpy.polynomial import chebyshev

OUT, TABLE = sys.argv[1:3]
RECORDS = table(TABLE, ack=False)
COEFFICIENTS = RECORDS.getcol('x')
STARTS = RECORDS.getcol('MJD') + 2400000.5
DAYS_A_RECORD = 32
AU = 149597870.691
LIGHT = 299792.458 * 86400 / AU
EARTH_MOON_MASS_RATIO = 81.30056
# First coefficient, coefficients a component, intervals a record (the layout of DE405).
LAYOUT = {'mercury': (0, 14, 4), 'venus': (168, 10, 2), 'emb': (228, 13, 2), 'mars': (306, 11, 1),
          'jupiter': (339, 8, 1), 'saturn': (363, 7, 1), 'moon': (438, 13, 8), 'sun': (750, 11, 2)}
BODIES = ('sun', 'moon', 'mercury', 'venus', 'mars', 'jupiter', 'saturn')


def tabulated(name, jd):
    first, terms, intervals = LAYOUT[name]
    record = min(max(int((jd - STARTS[0]) // DAYS_A_RECORD), 0), len(STARTS) - 1)
    place = (jd - STARTS[record]) / DAYS_A_RECORD * intervals
    interval = min(int(place), intervals - 1)
    x = 2 * (place - interval) - 1
    begin = first + interval * 3 * terms
    rows = COEFFICIENTS[record, begin:begin + 3 * terms].reshape(3, terms)
    position = np.array([chebyshev.chebval(x, row) for row in rows])
    velocity = np.array([chebyshev.chebval(x, chebyshev.chebder(row)) for row in rows]) * 2 * intervals / DAYS_A_RECORD
    return position / AU, velocity / AU


def earth(jd):
    together, moving = tabulated('emb', jd)
    moon, moon_moving = tabulated('moon', jd)
    return together - moon / (1 + EARTH_MOON_MASS_RATIO), moving - moon_moving / (1 + EARTH_MOON_MASS_RATIO)


def barycentric(name, jd):
    return earth(jd)[0] + tabulated('moon', jd)[0] if name == 'moon' else tabulated(name, jd)[0]


def unit(vector):
    return vector / np.linalg.norm(vector)


def of_date(direction, jd):
    """Ecliptic longitude from the true equinox, latitude, nutation in longitude; degrees."""
    tt = (2400000.5, jd - 2400000.5)
    x, y, z = erfa.pnm06a(*tt) @ direction
    longitude_nutation, obliquity_nutation = erfa.nut06a(*tt)
    eps = erfa.obl06(*tt) + obliquity_nutation
    y, z = y * np.cos(eps) + z * np.sin(eps), z * np.cos(eps) - y * np.sin(eps)
    return np.degrees(np.arctan2(y, x)) % 360, np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(longitude_nutation)


def apparent(name, jd):
    here, velocity = earth(jd)
    away = barycentric(name, jd) - here
    for _ in range(4):
        sent = jd - np.linalg.norm(away) / LIGHT
        away = barycentric(name, sent) - here
    direction = unit(away)
    sun_to_earth = here - tabulated('sun', jd)[0]
    sun_distance = np.linalg.norm(sun_to_earth)
    if name not in ('sun', 'moon'):
        sun_to_body = unit(barycentric(name, sent) - tabulated('sun', sent)[0])
        direction = erfa.ld(1.0, direction, sun_to_body, unit(sun_to_earth), sun_distance, 1e-5)
    beta = velocity / LIGHT
    direction = erfa.ab(direction, beta, sun_distance, np.sqrt(1 - beta @ beta))
    longitude, latitude, nutation = of_date(direction, jd)
    # The Moon's distance is that from the Earth of the same moment, as almanacs print it.
    distance = np.linalg.norm(tabulated('moon', sent)[0] if name == 'moon' else away)
    return longitude, latitude, distance, nutation


def write(name, title, rows):
    with open(f'{OUT}/{name}.csv', 'w') as file:
        file.write(f'# Made by golden/de405.py. {title}\n')
        file.writelines(row + '\n' for row in rows)


def positions(random):
    for jd in sorted(random.uniform(STARTS[0] + 1, STARTS[-1] + 30, 60)):
        jd = round(jd, 3)
        for body in BODIES:
            longitude, latitude, distance, nutation = apparent(body, jd)
            yield f'{jd:.3f},{body},{(longitude - nutation) % 360:.7f},{latitude:.7f},{distance:.9f}'


def stations():
    def speed(body, jd):
        def mean(at):
            longitude, _, _, nutation = apparent(body, at)
            return longitude - nutation
        return np.remainder(mean(jd + 0.05) - mean(jd - 0.05) + 180, 360) - 180
    for body in BODIES[2:]:
        found, jd = 0, 2451550.0
        while found < 6:
            if speed(body, jd) * speed(body, jd + 4) < 0:
                low, high = jd, jd + 4
                while high - low > 1e-4:
                    middle = (low + high) / 2
                    low, high = (middle, high) if speed(body, low) * speed(body, middle) > 0 else (low, middle)
                yield f'{low:.4f},{body},{"retrograde" if speed(body, jd) > 0 else "direct"}'
                found += 1
            jd += 4


def ascendants(random):
    for _ in range(200):
        jd = round(random.uniform(2415020.5, 2488069.5), 4)
        delta_t = round(random.uniform(0, 90), 2)
        latitude, longitude = round(random.uniform(-89, 89), 3), round(random.uniform(-180, 180), 3)
        ut, tt = (2400000.5, jd - 2400000.5), (2400000.5, jd - 2400000.5 + delta_t / 86400)
        eps = erfa.obl06(*tt) + erfa.nut06a(*tt)[1]
        overhead = erfa.gst06a(*ut, *tt) + np.radians(longitude)
        # Horizon and ecliptic cross at right angles to both zenith and pole of the ecliptic.
        phi = np.radians(latitude)
        zenith = np.array([np.cos(phi) * np.cos(overhead), np.cos(phi) * np.sin(overhead), np.sin(phi)])
        pole = np.array([0, -np.sin(eps), np.cos(eps)])
        rising = np.cross(pole, zenith)
        x, y = rising[0], rising[1] * np.cos(eps) + rising[2] * np.sin(eps)
        yield f'{jd:.4f},{delta_t:.2f},{latitude:.3f},{longitude:.3f},{np.degrees(np.arctan2(y, x)) % 360:.6f}'


def suns():
    """ERFA's own Earth (epv00, good to 0.01 arc seconds), because DE405 ends in 2060 and begins in 1959."""
    for year in range(1900, 2101, 5):
        jd = 2415020.5 + (year - 1900) * 365.25 + 37.3 * (year % 7)
        heliocentric, barycentric_earth = erfa.epv00(2400000.5, jd - 2400000.5)
        beta = np.array(barycentric_earth['v']) / LIGHT
        direction = unit(-np.array(heliocentric['p']))
        direction = erfa.ab(direction, beta, np.linalg.norm(heliocentric['p']), np.sqrt(1 - beta @ beta))
        longitude, _, nutation = of_date(direction, jd)
        yield f'{jd:.3f},sun,{(longitude - nutation) % 360:.7f}'


random = np.random.default_rng(405)
write('de405', 'Days TT, body, apparent longitude from the mean equinox of date, latitude, distance (au).', positions(random))
write('stations', 'Day TT, body, the direction of its motion from then on.', stations())
write('ascendants', 'Julian day UT1, delta T, latitude, longitude, ascendant from the true equinox of date.', ascendants(random))
write('sun', 'Julian day TT, body, apparent longitude from the mean equinox of date.', suns())

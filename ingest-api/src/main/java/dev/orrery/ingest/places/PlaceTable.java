package dev.orrery.ingest.places;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The places by every spelling of their names. Immutable once it is loaded. */
final class PlaceTable {

    private static final String RESOURCE = "places.tsv.gz";

    /** A place known under another name too is rarely meant by it, unless it is far larger. */
    private static final int WEIGHT_OF_OTHER_NAMES = 50;

    private static final Comparator<Entry> WEIGHTIEST =
            Comparator.comparingDouble(Entry::weight).reversed();

    private final Map<String, List<Entry>> byName;

    /** A place under one of its names. */
    record Entry(Place place, double weight) {}

    private PlaceTable(Map<String, List<Entry>> byName) {
        this.byName = byName;
    }

    static PlaceTable load() {
        Map<String, List<Entry>> byName = new HashMap<>();
        try (BufferedReader reader = open()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    add(line.split("\t", -1), byName);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("resource " + RESOURCE, unreadable);
        }
        byName.replaceAll((name, entries) -> entries.stream().sorted(WEIGHTIEST).toList());
        return new PlaceTable(byName);
    }

    private static BufferedReader open() throws IOException {
        InputStream stream = PlaceTable.class.getResourceAsStream(RESOURCE);
        if (stream == null) {
            throw new IllegalStateException("BUG: no resource " + RESOURCE + " beside the classes");
        }
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.UTF_8));
    }

    private static void add(String[] columns, Map<String, List<Entry>> byName) {
        Place place =
                new Place(
                        columns[0],
                        columns[1].intern(),
                        columns[2].intern(),
                        Double.parseDouble(columns[3]),
                        Double.parseDouble(columns[4]),
                        ZoneId.of(columns[5]),
                        Long.parseLong(columns[6]));
        add(place.name(), new Entry(place, place.population()), byName);
        Entry otherwise = new Entry(place, (double) place.population() / WEIGHT_OF_OTHER_NAMES);
        for (String other : columns[7].split("\\|")) {
            add(other, otherwise, byName);
        }
    }

    private static void add(String name, Entry entry, Map<String, List<Entry>> byName) {
        String spelling = Spelling.of(name);
        if (spelling.isEmpty()) {
            return;
        }
        List<Entry> namesakes = byName.computeIfAbsent(spelling, key -> new ArrayList<>(1));
        if (namesakes.stream().noneMatch(known -> known.place() == entry.place())) {
            namesakes.add(entry);
        }
    }

    /** The places of this very name, the weightiest first. */
    List<Entry> named(String spelling) {
        return byName.getOrDefault(spelling, List.of());
    }

    Stream<Map.Entry<String, List<Entry>>> names() {
        return byName.entrySet().stream();
    }
}

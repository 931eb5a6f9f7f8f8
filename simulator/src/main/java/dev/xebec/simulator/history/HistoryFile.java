package dev.xebec.simulator.history;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Histories as files, an entry a line in JSON, so that a failure can be looked into and checked again later. */
public final class HistoryFile {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final ObjectWriter WRITER = MAPPER.writerFor(Entry.class);
    private static final ObjectReader READER = MAPPER.readerFor(Entry.class);

    private HistoryFile() {}

    /** @throws IOException if the file cannot be written */
    public static void write(Path file, History history) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Entry entry : history.entries()) {
                out.write(WRITER.writeValueAsString(entry));
                out.newLine();
            }
        }
    }

    /** @throws IOException if the file cannot be read or is no history */
    public static History read(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                entries.add(READER.readValue(line));
            }
        }
        return new History(entries);
    }
}

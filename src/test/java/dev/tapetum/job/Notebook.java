package dev.tapetum.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of Jupyter's notebook format 4. */
record Notebook(Path file, JsonNode content) {

    /** @param number from 1, of all cells */
    record Cell(int number, String type, String source, JsonNode content) {}

    static Notebook read(Path file) throws IOException {
        return new Notebook(file, new ObjectMapper().readTree(file.toFile()));
    }

    String name() {
        return file.getFileName().toString();
    }

    Path folder() {
        return file.toAbsolutePath().getParent();
    }

    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (JsonNode cell : content.path("cells")) {
            cells.add(new Cell(cells.size() + 1, cell.path("cell_type").asText(), text(cell.path("source")), cell));
        }

        return cells;
    }

    List<Cell> code() {
        return cells().stream().filter(cell -> cell.type().equals("code")).toList();
    }

    /** What its cells hold as outputs. */
    NotebookRun outputs() {
        List<Shown> shown = new ArrayList<>();
        for (Cell cell : code()) {
            for (JsonNode output : cell.content().path("outputs")) {
                if (output.path("output_type").asText().equals("error")) {
                    throw new AssertionError(name() + ", cell " + cell.number() + ": " + output);
                }

                output.path("data")
                        .properties()
                        .forEach(one -> shown.add(new Shown(one.getKey(), text(one.getValue()))));
            }
        }

        return new NotebookRun(shown, List.of());
    }

    /** Text, which the format keeps as such or line by line. */
    private static String text(JsonNode lines) {
        if (!lines.isArray()) {
            return lines.asText();
        }

        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.asText()));
        return text.toString();
    }
}

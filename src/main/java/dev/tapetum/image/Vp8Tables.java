package dev.tapetum.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The constants of VP8 that fill pages of its standard (RFC 6386), read from a text file; the short ones are where they are used. */
final class Vp8Tables {
    private static final int TYPES = 4;
    private static final int BANDS = 8;
    private static final int CONTEXTS = 3;
    private static final int NODES = 11;
    private static final int MODES = 10;
    private static final Map<String, List<Integer>> TABLES = read();
    private static final List<Integer> COEFFICIENTS = table("coefficient-probabilities");
    private static final List<Integer> UPDATES = table("coefficient-update-probabilities");
    private static final List<Integer> MODE_PROBABILITIES = table("mode-probabilities");
    private static final List<Integer> DC_STEPS = table("dc-steps");
    private static final List<Integer> AC_STEPS = table("ac-steps");

    private Vp8Tables() {}

    /**
     * The probabilities of the nodes of the coefficient tree, of which each picture may replace some.
     *
     * @return indexed by block type, band, context, node
     */
    static int[][][][] coefficientProbabilities(Vp8BoolDecoder header) {
        int[][][][] result = new int[TYPES][BANDS][CONTEXTS][NODES];
        int index = 0;

        for (int[][][] type : result) {
            for (int[][] band : type) {
                for (int[] context : band) {
                    for (int node = 0; node < NODES; node++, index++) {
                        boolean replaced = header.bit(UPDATES.get(index)) == 1;
                        context[node] = replaced ? header.literal(8) : COEFFICIENTS.get(index);
                    }
                }
            }
        }

        return result;
    }

    /**
     * The probabilities of the nodes of the mode tree of a 4x4 block.
     *
     * @return indexed by the mode of the block above, of the block to the left, node
     */
    static int[][][] modeProbabilities() {
        int nodes = MODES - 1;
        int[][][] result = new int[MODES][MODES][nodes];

        for (int i = 0; i < MODE_PROBABILITIES.size(); i++) {
            result[i / nodes / MODES][i / nodes % MODES][i % nodes] = MODE_PROBABILITIES.get(i);
        }

        return result;
    }

    static int dcStep(int quantiser, int most) {
        return DC_STEPS.get(Math.max(0, Math.min(most, quantiser)));
    }

    static int acStep(int quantiser) {
        return AC_STEPS.get(Math.max(0, Math.min(127, quantiser)));
    }

    private static List<Integer> table(String name) {
        return Objects.requireNonNull(TABLES.get(name));
    }

    /** A line of letters is the name of the table whose numbers follow; lines that start with # are remarks. */
    private static Map<String, List<Integer>> read() {
        Map<String, List<Integer>> tables = new HashMap<>();
        List<Integer> current = new ArrayList<>();

        try (InputStream stream = Objects.requireNonNull(Vp8Tables.class.getResourceAsStream("vp8-tables.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
            for (String line : lines.lines().toList()) {
                if (line.isEmpty() || line.startsWith("#")) {
                    continue;
                }

                if (Character.isLetter(line.charAt(0))) {
                    current = new ArrayList<>();
                    tables.put(line, current);
                } else {
                    for (String number : line.split(" ", -1)) {
                        current.add(Integer.valueOf(number));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }

        return tables;
    }
}

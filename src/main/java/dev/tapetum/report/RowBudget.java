package dev.tapetum.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps a page small, however many groups, classes and methods there are. Each kind of metrics gets an equal share of the rows, and
 * what one does not need goes to the others. Within a kind the blocks with the most established differences come first, and
 * the rows at once before the folded ones.
 */
final class RowBudget {
    private final IdentityHashMap<List<Page.Block>, Integer> shares = new IdentityHashMap<>();

    RowBudget(int rows, Collection<List<Page.Block>> kinds) {
        List<List<Page.Block>> smallestFirst = new ArrayList<>(kinds);
        smallestFirst.sort(Comparator.comparingInt(RowBudget::rows));
        int left = rows;

        for (int i = 0; i < smallestFirst.size(); i++) {
            List<Page.Block> kind = smallestFirst.get(i);
            int share = Math.min(rows(kind), left / (smallestFirst.size() - i));
            shares.put(kind, share);
            left -= share;
        }
    }

    private static int rows(List<Page.Block> kind) {
        return kind.stream()
                .mapToInt(block -> block.rows().size()
                        + block.more().size()
                        + block.crossed().size())
                .sum();
    }

    /** The blocks of a kind that there is room for, in their order, with as many of their rows; at least one of them. */
    List<Page.Block> kept(List<Page.Block> kind) {
        int share = shares.getOrDefault(kind, 0);

        if (rows(kind) <= share) {
            return List.copyOf(kind);
        }

        List<Page.Block> tellingFirst = new ArrayList<>(kind);
        tellingFirst.sort(Comparator.comparingInt(block -> -block.established()));
        Map<String, Page.Block> kept = new HashMap<>();
        int left = share;

        for (Page.Block block : tellingFirst) {
            if (kept.isEmpty() || block.rows().size() <= left) {
                kept.put(block.metric(), block);
                left -= block.rows().size();
            }
        }

        List<Page.Block> cut = new ArrayList<>();

        for (Page.Block block : kind) {
            if (kept.containsKey(block.metric())) {
                int more = Math.min(block.more().size(), Math.max(0, left));
                left -= more;
                int crossed = Math.min(block.crossed().size(), Math.max(0, left));
                left -= crossed;
                cut.add(block.cut(more, crossed));
            }
        }

        return cut;
    }
}

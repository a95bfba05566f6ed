package dev.tapetum.fairness.slice;

import dev.tapetum.stats.FisherExact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The slices of highest {@link Score}, exactly as if all had been scored: the lattice of conjunctions of literals, of which
 * each aspect gives one at most, is gone through level by level.
 *
 * <ul>
 *   <li>A slice has at least {@link SearchSettings#fewest} images, and a score above 0, that of all images.
 *   <li>The predicted class alone is no slice ({@link Aspect#alone}), but may be one of several conditions.
 *   <li>A slice with a more general one in the lattice must err surely more than the rest of that one: Fisher's test of its
 *       errors against those of the other images of each slice with one condition less, at {@value #SURE} divided by the
 *       number of literals that could have been added. Else a bad group would be told again with every harmless condition
 *       added that happens to raise its error.
 *   <li>Whatever lies within a slice has at most as many images and as many errors as each of the slices with one condition
 *       less. Where {@link Score#bound} of the fewest of both is below the score of the last slice that is kept, or below 0,
 *       neither it nor anything within it is looked at: pruning as in SliceLine (Sagadeeva and Boehm, SIGMOD 2021, sections
 *       3.2 and 4). Which slices are found does not depend on it.
 *   <li>Of equal scores the one with fewer conditions comes first, then by the order of the vocabulary.
 *   <li>Without images or without errors nothing is found.
 * </ul>
 *
 * <p>Cost: a pass over the cells of each slice that is not pruned, per further aspect.
 */
public final class SliceSearch {
    private static final double SURE = 0.05;

    /** Bounds and scores are computed by different roundings. */
    private static final double ROUNDING = 1e-9;

    private final SearchSettings settings;
    private final Vocabulary vocabulary;
    private final Cells.Counted cells;
    private final long fewest;
    private final @Nullable Score score;
    private final TreeSet<Node> best = new TreeSet<>(Node.BEST_FIRST);
    private int literals;

    private SliceSearch(Cells cells, SearchSettings settings) {
        this.settings = settings;
        this.vocabulary = cells.vocabulary();
        this.cells = cells.counted();
        long images = this.cells.allImages();
        long errors = this.cells.allErrors();
        this.fewest = settings.fewest(images);
        this.score = errors == 0 ? null : new Score(settings.alpha(), images, errors);
    }

    /** The slices that images have in which the model errs most, the worst first. */
    public static List<Found> of(Cells cells, SearchSettings settings) {
        SliceSearch search = new SliceSearch(cells, settings);
        return search.score == null ? List.of() : search.found(search.score);
    }

    /** A literal of the vocabulary by its place and code. */
    private record Term(int aspect, int code) implements Comparable<Term> {
        private static final Comparator<Term> ORDER =
                Comparator.comparingInt(Term::aspect).thenComparingInt(Term::code);

        @Override
        public int compareTo(Term other) {
            return ORDER.compare(this, other);
        }
    }

    /** A slice with its counts; its terms ascend by aspect. */
    private record Node(List<Term> terms, long images, long errors, double score) {
        private static final Comparator<Node> BEST_FIRST = Comparator.comparingDouble((Node node) -> -node.score)
                .thenComparingInt(node -> node.terms.size())
                .thenComparing(Node::terms, (a, b) -> Arrays.compare(a.toArray(Term[]::new), b.toArray(Term[]::new)));

        List<Term> without(int place) {
            List<Term> rest = new ArrayList<>(terms);
            rest.remove(place);
            return rest;
        }
    }

    private List<Found> found(Score score) {
        Node all = new Node(List.of(), score.images(), score.errors(), 0);
        Map<List<Term>, Node> level = Map.of(all.terms(), all);
        for (int depth = 1; depth <= settings.depth() && !level.isEmpty(); depth++) {
            Map<List<Term>, Node> next = new HashMap<>();
            List<Node> inOrder = new ArrayList<>(level.values());
            inOrder.sort(Node.BEST_FIRST);
            for (Node parent : inOrder) {
                expand(parent, level, next, score);
            }

            if (depth == 1) {
                literals = next.size();
            }

            Map<List<Term>, Node> parents = level;
            next.values().forEach(node -> keep(node, parents));
            next.values().removeIf(node -> hopeless(node.images(), node.errors(), score));
            level = next;
        }

        return best.stream()
                .map(node -> new Found(predicate(node), node.images(), node.errors(), node.score()))
                .toList();
    }

    /** Counts the slices that have one condition more, on an aspect after all of the parent's. */
    private void expand(Node parent, Map<List<Term>, Node> parents, Map<List<Term>, Node> into, Score score) {
        int first = parent.terms().isEmpty()
                ? 0
                : parent.terms().get(parent.terms().size() - 1).aspect() + 1;
        int[] members = first < vocabulary.aspects() ? members(parent) : new int[0];
        for (int aspect = first; aspect < vocabulary.aspects(); aspect++) {
            long[] images = new long[vocabulary.literals(aspect) + 1];
            long[] errors = new long[images.length];
            boolean[] candidate = candidates(parent, aspect, parents, score);
            if (none(candidate)) {
                continue;
            }

            for (int cell : members) {
                char code = cells.codes()[cell][aspect];
                images[code] += cells.images()[cell];
                errors[code] += cells.errors()[cell];
            }

            for (int code = 1; code < images.length; code++) {
                // The same images under one condition more are the same slice.
                if (candidate[code] && images[code] >= fewest && images[code] < parent.images()) {
                    List<Term> terms = new ArrayList<>(parent.terms());
                    terms.add(new Term(aspect, code));
                    List<Term> key = List.copyOf(terms);
                    into.put(key, new Node(key, images[code], errors[code], score.of(images[code], errors[code])));
                }
            }
        }
    }

    private static boolean none(boolean[] candidate) {
        for (boolean one : candidate) {
            if (one) {
                return false;
            }
        }

        return true;
    }

    private int[] members(Node node) {
        return IntStream.range(0, cells.codes().length)
                .filter(cell ->
                        node.terms().stream().allMatch(term -> cells.codes()[cell][term.aspect()] == term.code()))
                .toArray();
    }

    /** Which codes of an aspect can make a slice with the parent: all that the other slices around it leave possible. */
    private boolean[] candidates(Node parent, int aspect, Map<List<Term>, Node> parents, Score score) {
        boolean[] candidate = new boolean[vocabulary.literals(aspect) + 1];
        for (int code = 1; code < candidate.length; code++) {
            long mostImages = parent.images();
            long mostErrors = parent.errors();
            boolean possible = true;
            for (int left = 0; left < parent.terms().size() && possible; left++) {
                List<Term> terms = parent.without(left);
                terms.add(new Term(aspect, code));
                Node other = parents.get(terms);
                possible = other != null;
                if (other != null) {
                    mostImages = Math.min(mostImages, other.images());
                    mostErrors = Math.min(mostErrors, other.errors());
                }
            }

            candidate[code] = possible && !hopeless(mostImages, mostErrors, score);
        }

        return candidate;
    }

    private boolean hopeless(long mostImages, long mostErrors, Score score) {
        return mostImages < fewest || score.bound(fewest, mostImages, mostErrors) < threshold() - ROUNDING;
    }

    private double threshold() {
        return best.size() < settings.top() ? 0 : best.last().score();
    }

    private void keep(Node node, Map<List<Term>, Node> parents) {
        boolean told = node.terms().stream()
                .anyMatch(term -> vocabulary.aspect(term.aspect()).alone());
        if (!told
                || node.score() <= 0
                || (best.size() == settings.top() && Node.BEST_FIRST.compare(node, best.last()) > 0)) {
            return;
        }

        for (int left = 0; left < node.terms().size() && node.terms().size() > 1; left++) {
            Node parent = parents.get(node.without(left));
            if (parent == null || !surelyWorse(node, parent)) {
                return;
            }
        }

        best.add(node);
        if (best.size() > settings.top()) {
            best.pollLast();
        }
    }

    private boolean surelyWorse(Node node, Node parent) {
        long restImages = parent.images() - node.images();
        long restErrors = parent.errors() - node.errors();
        return restImages > 0
                && (double) node.errors() * restImages > (double) restErrors * node.images()
                && FisherExact.pValue(node.errors(), node.images(), restErrors, restImages) * literals <= SURE;
    }

    private Predicate predicate(Node node) {
        return new Predicate(node.terms().stream()
                .map(term -> vocabulary.literal(term.aspect(), term.code()))
                .toList());
    }
}

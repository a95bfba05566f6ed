package dev.tapetum.report;

/**
 * Which images of two runs were compared. Images are the same when their ids are.
 *
 * @param baseline images of the baseline
 * @param candidate images of the candidate
 * @param both images of both
 * @param scored those of both that both scored
 * @param rejectedInBoth those of both that both rejected
 * @param rejectedInBaseline those of both that only the baseline rejected
 * @param rejectedInCandidate those of both that only the candidate rejected
 * @param otherContent those of both whose files differ
 * @param otherLabel those of both whose labels differ
 */
public record PairLedger(
        long baseline,
        long candidate,
        long both,
        long scored,
        long rejectedInBoth,
        long rejectedInBaseline,
        long rejectedInCandidate,
        long otherContent,
        long otherLabel) {
    public PairLedger {
        if (both != scored + rejectedInBoth + rejectedInBaseline + rejectedInCandidate
                || both > baseline
                || both > candidate) {
            throw new IllegalArgumentException("The ledger does not balance: " + both + " images in both of " + baseline
                    + " and " + candidate + ", " + scored + " scored in both, " + rejectedInBoth + " rejected in both, "
                    + rejectedInBaseline + " and " + rejectedInCandidate + " in one");
        }
    }

    /** Images of the baseline that the candidate lacks. */
    public long onlyBaseline() {
        return baseline - both;
    }

    /** Images of the candidate that the baseline lacks. */
    public long onlyCandidate() {
        return candidate - both;
    }
}

package dev.tapetum.job;

import java.util.Arrays;

/** What something of a class is to the judgement of the class. */
enum Side {
    /** An image of the class whose activation goes into the mean. */
    MEAN(0),
    /** Another image of the class, which is held against the mean. */
    HELD_OUT(1),
    /** An image of another class, which is held against the mean too. */
    OTHER(2),
    /** What was drawn of the class. */
    DRAWN(3);

    private final int turn;

    Side(int turn) {
        this.turn = turn;
    }

    /** The place in the order in which a judgement needs them, as tasks are given it. */
    int turn() {
        return turn;
    }

    static Side of(int turn) {
        return Arrays.stream(values())
                .filter(side -> side.turn == turn)
                .findFirst()
                .orElseThrow();
    }
}

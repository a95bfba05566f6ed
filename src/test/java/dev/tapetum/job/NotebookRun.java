package dev.tapetum.job;

import java.util.List;

/**
 * What came of a notebook.
 *
 * @param shown what it showed, in order
 * @param artifacts what it asked Maven for; of a run in a kernel, empty
 */
record NotebookRun(List<Shown> shown, List<String> artifacts) {

    long pictures() {
        return shown.stream().filter(Shown::isPicture).count();
    }

    long tables() {
        return shown.stream().filter(Shown::isTable).count();
    }

    boolean says(String words) {
        return shown.stream().anyMatch(one -> one.says(words));
    }
}

package dev.tapetum.cli;

import dev.tapetum.job.TrainingNews;
import java.util.Locale;
import java.util.stream.Collectors;

/** How far a training has come, in one line. */
record TrainingLine(TrainingNews news) {

    /** The line, such as {@code step 120 of 976  12%  51,200 tokens/s  top-k 0.214 (L0 32.0)  4 min 20 s left}. */
    String text() {
        double left = (news.steps() - news.step()) * (double) news.batch() / news.tokensPerSecond();
        String text = String.format(
                Locale.ROOT,
                "step %,d of %,d  %d%%  %s tokens/s  %s",
                news.step(),
                news.steps(),
                news.step() * 100 / news.steps(),
                ProgressLine.rate(news.tokensPerSecond()),
                news.autoencoders().stream().map(TrainingLine::text).collect(Collectors.joining(", ")));
        return left > 0 && left < Double.POSITIVE_INFINITY ? text + "  " + ProgressLine.duration(left) + " left" : text;
    }

    private static String text(TrainingNews.Learnt learnt) {
        return String.format(Locale.ROOT, "%s %.3f (L0 %.1f)", learnt.objective(), learnt.mse(), learnt.l0());
    }
}

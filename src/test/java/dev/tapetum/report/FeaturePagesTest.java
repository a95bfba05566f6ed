package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.table.AssociationKind;
import dev.tapetum.table.FeatureAssociationRow;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a page tells of features; of the page as a whole see {@link ReportPagesTest}. */
final class FeaturePagesTest {
    private static final String HOSTILE = "</script><script>alert(1)</script>'\"|";
    private static final Report SAMPLE = SampleRun.of(SampleFeatures.features());
    private static final String SECTION = section(ReportPages.html(SAMPLE));
    private static final String TEXT = ReportPages.markdown(SAMPLE);

    @Test
    void aRunWithoutAnAutoencoderHasNoSuchSection() {
        assertThat(ReportPages.html(SampleRun.of(Features.NONE))).doesNotContain("id=\"features\"");
        assertThat(ReportPages.markdown(SampleRun.of(Features.NONE))).doesNotContain("## Features");
    }

    @Test
    void theReaderIsToldWhatAFeatureIsAndThatAnAssociationIsNoCause() {
        assertThat(SECTION)
                .contains("A feature is a direction in the activations of one layer of the model")
                .contains("does not make it their cause, which only taking it out can show; and how well the"
                        + " autoencoder reconstructs says nothing on how well its features match concepts.</p>")
                .contains("in errors than elsewhere (q ≤ 5%), the ones", "important from 2 points on");
        assertThat(TEXT).contains("A feature is a direction", "(q ≤ 5%), the ones", "important from 2 points on");
    }

    /** 540 of 1,988 images are 27.2%; 480 of 495 are 97.0%; 60 of 1,493 are 4.0%. */
    @Test
    void aRowTellsHowOftenTheFeatureIsActiveAndWithWhatItGoesAlong() {
        assertThat(SECTION)
                .containsSubsequence(
                        "<b>feature 12</b><br><span class=\"quiet\">active in 27.2% of images (540)</span>",
                        "Active in 97.0% of the images with cue = tag and in 4.0% of the others; AUROC 0.97, q &lt; 0.001.",
                        "<li><span>cue = none</span> <b>4.0%</b> <span class=\"quiet\">n = 1,493</span>"
                                + "<span class=\"bar\" style=\"--share: 0.040\"",
                        "<li class=\"strongest\"><span>cue = tag</span> <b>97.0%</b>",
                        "<b>feature 40</b>",
                        "Active in 30.0% of the images predicted wrongly and in 10.0% of those predicted rightly;"
                                + " AUROC 0.61, q = 0.012.",
                        "<span>predicted wrongly</span> <b>30.0%</b>");
        assertThat(TEXT)
                .containsSubsequence(
                        "### Feature 12",
                        "Active in 97.0% of the images with cue = tag",
                        "- cue = none: active in 4.0%, n = 1,493");
    }

    /** The patch of 1 has a thick line, and the thin one is around that of 0.1 as well. */
    @Test
    void theActivePatchesOfAnExemplarAreOutlined() {
        assertThat(SECTION)
                .contains("alt=\"Image site-b/000.jpg, in which feature 12 is active\"")
                .contains("<svg viewBox=\"0 0 2 2\" preserveAspectRatio=\"none\"")
                .contains("<path class=\"active\" d=\"M0 0h2M0 1h2M0 0v1M2 0v1\"/>")
                .contains("<path class=\"active strong\" d=\"M0 0h1M0 1h1M0 0v1M1 0v1\"/>")
                .contains("Its exemplars could not be drawn");
        assertThat(Pattern.compile("<img src=\"data:image/jpeg;base64,")
                        .matcher(SECTION)
                        .results())
                .hasSize(2);
        assertThat(TEXT).contains("- Most active in: site-b/000.jpg (1, label cup, predicted mug), ");
    }

    @Test
    void whatTakingItOutDoesStandsBesideTheControlsOverAllImagesAndInTheGroup() {
        assertThat(SECTION)
                .containsSubsequence(
                        "<caption>Change of the probability, in points</caption>",
                        "<b>mug</b> <span class=\"quiet\">all images, n = 1,988</span>",
                        "<b>−12.34</b> <span class=\"quiet\">−13.34 to −11.34</span>",
                        "<td class=\"n\">−0.40</td><td class=\"n\">0.12</td>",
                        "<b>exceeds both controls</b>",
                        "<b>mug</b> <span class=\"quiet\">cue = tag, n = 495</span>",
                        "<b>−40.20</b>");
        assertThat(TEXT)
                .contains("- Taken out, cue = tag (n = 495): probability of mug by −40.20 points (−41.20 to −39.20);"
                        + " another feature −1.10, a random direction 0.30; exceeds both controls");
    }

    @Test
    void whoHasNotAskedFindsTheLineForThePlan() {
        assertThat(SECTION).contains("<code>{ editor = sae-feature, feature = 40, run = &quot;night-7&quot; }</code>");
        assertThat(TEXT).contains("<code>{ editor = sae-feature, feature = 40, run = \"night-7\" }</code>");
    }

    /** All intervals are a point to either side. */
    @Test
    void aVerdictSaysWhichControlsAreExceeded() {
        assertThat(verdict(100, -0.10, -0.08, 0.01)).isEqualTo("<b>exceeds both controls</b>");
        assertThat(verdict(100, -0.10, -0.095, 0.01)).isEqualTo("exceeds a random direction, not another feature");
        assertThat(verdict(100, -0.10, 0.01, -0.11)).isEqualTo("exceeds another feature, not a random direction");
        assertThat(verdict(100, -0.10, -0.1, -0.2)).isEqualTo("exceeds neither control");
        assertThat(verdict(100, -0.005, 0, 0)).isEqualTo("no change established");
        assertThat(verdict(29, -0.10, 0, 0)).isEqualTo("too few images for a verdict");
        assertThat(verdict(100, 0.015, 0, 0)).isEqualTo("exceeds both controls, and is too small to matter");
    }

    /** The difference of −0.1 from a control of 0.3 is −0.4, and the control moves the class three times as far. */
    @Test
    void aControlThatMovesTheClassAsFarTheOtherWayIsNotExceeded() {
        assertThat(verdict(100, -0.10, 0.3, 0)).isEqualTo("exceeds a random direction, not another feature");
    }

    @Test
    void whereItIsTakenOutIsToldUnlessThatIsEverywhere() {
        Features.Ablation everywhere = SampleFeatures.ablation(5, "*", "*", 100, -0.1, 0, 0);
        Features.Ablation corner = new Features.Ablation(
                "mask", everywhere.itself(), everywhere.otherFeature(), everywhere.randomDirection());

        Report report = SampleRun.of(SampleFeatures.of(null, corner));

        assertThat(section(ReportPages.html(report)))
                .contains("<b>exceeds both controls</b> <span class=\"quiet\">taken out in mask</span>");
        assertThat(ReportPages.markdown(report)).contains("- Taken out in mask, all images (n = 100):");
        assertThat(SECTION).doesNotContain("taken out in");
    }

    private static String verdict(long n, double change, double other, double direction) {
        Features.Ablation ablation = SampleFeatures.ablation(5, "*", "*", n, change, other, direction);
        String html = section(ReportPages.html(SampleRun.of(SampleFeatures.of(null, ablation))));

        return html.replaceAll("(?s).*<tr class=\"verdict-line\"><td colspan=\"4\">(.*?)</td>.*", "$1");
    }

    @Test
    void whereImagesComeInClustersThePageSaysThatNothingWasTested() {
        FeatureAssociationRow untested = row(null);
        String html = section(ReportPages.html(SampleRun.of(SampleFeatures.of(untested, null))));

        assertThat(html)
                .contains("Images come in clusters, so that nothing was tested, and any association may be chance.")
                .contains("AUROC 0.70.")
                .doesNotContain("(q ≤", ", q &lt;", ", q = ");
    }

    @Test
    void aFeatureOfThePlanWithoutAssociationsIsShownAllTheSame() {
        assertThat(section(ReportPages.html(SampleRun.of(SampleFeatures.of(null, null)))))
                .contains("<b>feature 5</b>", "Held against no group: active in too few images");
    }

    @Test
    void whenNoFeatureGoesAlongWithAnythingThePageSaysSo() {
        Features none = new Features("models/sae", true, 0.02, List.of(), "");

        assertThat(section(ReportPages.html(SampleRun.of(none))))
                .contains("<p>No feature goes along with a group or with errors with q ≤ 5%.");
        assertThat(ReportPages.markdown(SampleRun.of(none))).contains("No feature goes along with a group");
    }

    @Test
    void hostileTextsStayText() {
        Report hostile = SampleRun.of(SampleFeatures.hostile(HOSTILE));

        assertThat(section(ReportPages.html(hostile))).doesNotContain("<script>alert", "'\"|");
        assertThat(ReportPages.markdown(hostile)).doesNotContain("<script>alert");
    }

    /** Pictures of noise are the largest there are. */
    @Test
    void picturesFitThePage() {
        List<Features.Drawn> noisy = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            Features.Drawn drawn = SampleFeatures.drawn(5, i, "noise-" + i, "cup", i);
            noisy.add(new Features.Drawn(
                    drawn.exemplar(),
                    drawn.prediction(),
                    SampleRun.noisy("noise-" + i, i).picture()));
        }

        Features features = new Features(
                "models/sae",
                true,
                0,
                List.of(new Features.Shown(SampleFeatures.feature(5, 9), null, List.of(), noisy, List.of())),
                "");
        String html = section(ReportPages.html(SampleRun.of(features)));

        assertThat(html.length()).isBetween(500_000, 800_000);
        assertThat(html)
                .contains("alt=\"Image noise-0,", "<code>noise-99</code>")
                .doesNotContain("alt=\"Image noise-99,");
    }

    private static FeatureAssociationRow row(@Nullable Double q) {
        return SampleFeatures.association(AssociationKind.ATTRIBUTE, 5, "site", "B", 100, 50, 300, 60, 0.7, q);
    }

    private static String section(String html) {
        int start = html.indexOf("<section aria-labelledby=\"features\">");

        return html.substring(start, html.indexOf("</section>", start));
    }
}

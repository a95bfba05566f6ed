package dev.tapetum.report;

import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a {@link Report} as a page and as a text. Both depend on the report alone: the same report gives the same
 * characters.
 */
public final class ReportPages {
    private static final Configuration TEMPLATES = templates();

    private ReportPages() {}

    /**
     * {@code report.html}: one file that needs no network. Charts are drawn by the scripts inside it from the tables
     * beside them, which carry all numbers where scripts are off.
     */
    public static String html(Report report) {
        Gaps gaps = gaps(report);
        StripPart strips = new StripPart();
        Page.Intervened intervened = InterventionPart.of(report, gaps, strips::drawn);
        PictureRoom drawing = FeaturePart.room();
        Page.Featured featured = FeaturePart.of(report, drawing);
        ContactSheet sheet = new ContactSheet();
        Page.Drawn drawn = PrototypePart.of(report, sheet);
        ExamplePart examples = new ExamplePart(report, strips.taken() + drawing.taken() + sheet.taken());
        Page.Typical typical = examples.typical(report.explanations());
        List<Page.Worst> worst = report.worst().stream().map(examples::worst).toList();
        Map<String, Object> model = Map.of(
                "notice",
                Assets.text("NOTICE"),
                "page",
                page(
                        report,
                        VerdictPart.of(report, gaps, examples::link),
                        gaps,
                        intervened,
                        featured,
                        drawn,
                        typical,
                        worst,
                        examples.legends()),
                "style",
                Assets.text("report.css"),
                "vega",
                Assets.webjar("vega"),
                "vegaLite",
                Assets.webjar("vega-lite"),
                "charts",
                Assets.text("charts.json"),
                "forest",
                Assets.text("forest.json"),
                "curves",
                Assets.text("curves.json"),
                "script",
                Assets.text("report.js"));

        return fill("report.ftlh", model);
    }

    /** {@code report.md}: the same in Markdown, without pictures and with the metrics of single classes left out. */
    public static String markdown(Report report) {
        Gaps gaps = gaps(report);
        Page.Intervened intervened = InterventionPart.of(report, gaps, strips -> List.of());
        Page.Featured featured = FeaturePart.of(report, picture -> "");
        Page.Typical typical = ExamplePart.typicalInWords(report.explanations());
        List<Page.Worst> worst =
                report.worst().stream().map(ExamplePart::worstInWords).toList();

        return fill(
                "report.md.ftl",
                Map.of(
                        "page",
                        page(
                                report,
                                VerdictPart.of(report, gaps, ExamplePart::linkInWords),
                                gaps,
                                intervened,
                                featured,
                                PrototypePart.of(report, null),
                                typical,
                                worst,
                                List.of())));
    }

    private static Gaps gaps(Report report) {
        return new Gaps(report.gaps(), report.statistics(), report.explanations());
    }

    private static Page page(
            Report report,
            Page.Verdict verdict,
            Gaps gaps,
            Page.Intervened intervened,
            Page.Featured featured,
            Page.Drawn drawn,
            Page.Typical typical,
            List<Page.Worst> worst,
            List<Page.Scale> scales) {
        return new Page(
                report.run().runId(),
                report.run().version(),
                verdict,
                LedgerPart.ledger(report, gaps),
                LedgerPart.facts(report),
                OverGroupsPart.of(report),
                MetricPart.of(report, gaps),
                GapPart.of(gaps),
                SlicePart.of(report),
                ExplanationPart.of(report),
                intervened,
                featured,
                drawn,
                typical,
                worst,
                scales,
                report.run().plan(),
                VerdictPart.confidence(report),
                Numbers.percent(report.statistics().falseDiscoveryRate()).replace(".0%", "%"));
    }

    static String fill(String template, Map<String, Object> model) {
        StringWriter written = new StringWriter();

        try {
            TEMPLATES.getTemplate(template).process(model, written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException("Template " + template + " does not fit its model", e);
        }

        return written.toString();
    }

    private static Configuration templates() {
        Configuration templates = new Configuration(Configuration.VERSION_2_3_34);
        templates.setClassForTemplateLoading(ReportPages.class, "");
        templates.setDefaultEncoding(StandardCharsets.UTF_8.name());
        templates.setLocale(Locale.ROOT);
        templates.setObjectWrapper(new RecordWrapper());
        templates.setRegisteredCustomOutputFormats(List.of(MarkdownFormat.INSTANCE));
        templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        templates.setLogTemplateExceptions(false);

        return templates;
    }
}

package dev.tapetum.job;

import dev.tapetum.config.PlanFile;
import dev.tapetum.demo.DemoDataset;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.demo.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A few images of the demo and its CNN in a folder, and plans to audit them. */
record DemoAudit(Path folder) {

    static final String METHODS = """
            [ saliency, { method = integrated-gradients, tolerance = 0.02 }, { method = smooth-grad, samples = 4 },
              grad-cam, { method = occlusion, window = 0.5, stride = 0.5 } ]""";

    static DemoAudit render(Path folder, int images) throws IOException {
        new DemoDataset(images, 11, Split.AUDIT).render(folder.resolve("photos"));
        DemoModel.CNN.copyTo(folder.resolve("model"));
        return new DemoAudit(folder);
    }

    Path photos() {
        return folder.resolve("photos");
    }

    String output() {
        return folder.resolve("out").toString();
    }

    /** The plan of a run, with options such as {@code model.batch=3}. */
    PlanFile plan(String runId, String... options) {
        String text = """
                run { id = "%s", output = "%s", shard-images = 8, max-reject-fraction = 0.2 }
                dataset { manifest = "%s/manifest.csv", label = label, attributes = [site, vendor, tag], mask = mask }
                model { path = "%s/model", device = cpu, batch = 16 }
                attribution { methods = %s, map.encoding = float32 }
                statistics { bootstrap = 200, min-group = 5 }
                gate = [ { metric = accuracy, attribute = vendor, max-gap = 0.05 } ]
                """.formatted(runId, output(), photos(), folder, METHODS);
        return PlanFile.parse(text, "demo.conf", List.of(options));
    }

    /** Keeps what a listener hears. */
    static class Heard implements RunListener {

        final List<String> steps = new ArrayList<>();

        @Override
        public void started(String runId) {}

        @Override
        public void step(String what) {
            steps.add(what);
        }

        @Override
        public void warn(String what) {
            steps.add("warning: " + what);
        }

        @Override
        public void progress(long done, long rejected, long images, double rate) {}
    }
}

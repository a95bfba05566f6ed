package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.config.SaeSettings;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.model.FileDigests;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.ActiveFeatures;
import dev.tapetum.probe.Program;
import dev.tapetum.sae.FeatureExtents;
import dev.tapetum.sae.ImageFeatures;
import dev.tapetum.sae.SaeBundle;
import dev.tapetum.sae.SaeEncoder;
import dev.tapetum.spec.Nearest;
import dev.tapetum.table.FeaturePart;
import dev.tapetum.table.FeaturesPart;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a process finds the autoencoder of a run. It is loaded once, by the first task that needs it, and kept for the life of the
 * process: the next wave needs it again, and devices keep its tensors by its identity.
 *
 * @param path the folder, as the plan names it
 * @param sha256 the digest of the bundle's conf, which holds that of the weights, that the driver saw
 * @param tap of the model, whose tokens it encodes
 * @param features number of its features
 * @param top features of an image of which it is kept how they lie on the grid
 */
record FeatureSource(String path, String sha256, Tap tap, int features, int top, HadoopSettings hadoop)
        implements Serializable {

    private static final String MAKER = "tapetum sae train";
    private static final ConcurrentMap<String, SaeEncoder> LOADED = new ConcurrentHashMap<>();

    /**
     * Reads and verifies the autoencoder that a plan names; for the driver, which has no digest to expect yet.
     *
     * @return null when it names none
     * @throws UserError when it cannot be read, or is not one of this model
     */
    static @Nullable FeatureSource open(SaeSettings settings, ModelBundle model, HadoopSettings hadoop) {
        String path = settings.path();
        if (path == null) {
            return null;
        }

        SaeBundle bundle = read(path, hadoop);
        if (!bundle.modelSha256().equals(model.sha256())) {
            throw new UserError(path + " was trained on the activations of another model, " + bundle.modelSha256()
                    + ", and this one is " + model.sha256() + "; train it again with " + MAKER);
        }

        Tap tap = tap(bundle, path, model);
        if (tap.channels() != bundle.width()) {
            throw new UserError(path + " encodes tokens of " + bundle.width() + " values, and tap '" + tap.name()
                    + "' has " + tap.channels() + " channels; train it again with " + MAKER);
        }

        String sha256 = sha256(bundle);
        LOADED.computeIfAbsent(sha256, digest -> new SaeEncoder(bundle.load(path)));
        return new FeatureSource(path, sha256, tap, bundle.features(), settings.top(), hadoop);
    }

    /** What is asked about an image, with the autoencoder of this process, as the evidence keeps it. */
    Program<FeaturesPart> program() {
        return new ImageFeatures(tap, encoder(), top).program().map(this::part);
    }

    private FeaturesPart part(ActiveFeatures active) {
        List<FeaturePart> strongest = active.top().stream()
                .map(feature -> new FeaturePart(
                        feature.feature(), feature.max(), feature.mean(), feature.activePatches(), feature.maxPatch()))
                .toList();
        return new FeaturesPart(
                path, active.features(), active.maxima(), strongest, StatisticTables.number(active.error()));
    }

    SaeEncoder encoder() {
        return LOADED.computeIfAbsent(
                sha256, expected -> new SaeEncoder(unchanged().load(path)));
    }

    /** How large the features get in the images that the autoencoder was judged by; null when its bundle does not say. */
    @Nullable
    FeatureExtents extents() {
        return unchanged().extents(path);
    }

    private SaeBundle unchanged() {
        SaeBundle bundle = read(path, hadoop);
        String actual = sha256(bundle);
        if (!actual.equals(sha256)) {
            throw new UserError(path + " changed while the run was going on, or is not the same folder everywhere:"
                    + " the run started with the autoencoder " + sha256 + ", and here is " + actual);
        }

        return bundle;
    }

    private static Tap tap(SaeBundle bundle, String path, ModelBundle model) {
        return model.card().taps().stream()
                .filter(tap -> tap.name().equals(bundle.tap()))
                .findFirst()
                .orElseThrow(() -> new UserError(path + " is of tap '" + bundle.tap()
                        + "', which the model does not have"
                        + Nearest.hint(
                                bundle.tap(),
                                "taps",
                                model.card().taps().stream().map(Tap::name).toList())));
    }

    private static SaeBundle read(String path, HadoopSettings hadoop) {
        return SaeBundle.read(BundleFolder.local(path, hadoop, "sae.path", MAKER), path);
    }

    private static String sha256(SaeBundle bundle) {
        return FileDigests.digest(bundle.directory().resolve(SaeBundle.CONF));
    }
}

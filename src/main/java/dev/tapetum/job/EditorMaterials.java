package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.config.DeviceChoice;
import dev.tapetum.config.Plan;
import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.ImageDecoder;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.image.RejectedImageException;
import dev.tapetum.intervention.DdimPainter;
import dev.tapetum.intervention.Diffusion;
import dev.tapetum.intervention.Editor;
import dev.tapetum.intervention.Materials;
import dev.tapetum.intervention.SaeFeature;
import dev.tapetum.intervention.Stamp;
import dev.tapetum.intervention.SteeredFeature;
import dev.tapetum.job.source.FileRange;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageBytes;
import dev.tapetum.model.EditorBundle;
import dev.tapetum.model.EditorCard;
import dev.tapetum.model.Painter;
import dev.tapetum.model.djl.DjlLatentDiffusion;
import dev.tapetum.spec.Sha256;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the editors of a run need from files: pictures and image-to-image models. Each is kept by its digest for the life of the
 * process, models once per device, since the next wave needs them again; a file that has changed by the next run is another one.
 *
 * @param device where models are put, as the classifier is
 * @param pictureSha256 the digests of the pictures that the driver saw, by their paths, so that all processes show the same
 * @param editors what the driver saw of the editors' bundles, by their paths, so that all processes paint alike
 * @param features what is known of the features that are set to values
 */
record EditorMaterials(
        ImageBytes bytes,
        DecodeLimits limits,
        HadoopSettings hadoop,
        DeviceChoice device,
        Map<String, String> pictureSha256,
        Map<String, Seen> editors,
        SteeredFeatures features)
        implements Materials {

    private static final ConcurrentMap<String, PlanarImage> PICTURES = new ConcurrentHashMap<>();
    private static final ConcurrentMap<Key, Painter> PAINTERS = new ConcurrentHashMap<>();

    EditorMaterials {
        pictureSha256 = Map.copyOf(pictureSha256);
        editors = Map.copyOf(editors);
    }

    private record Key(String sha256, int gpu) {}

    /** What the driver saw of an editor's bundle. */
    record Seen(String sha256, EditorCard card) implements Serializable {}

    /** For a run of the plan, as long as no editor needs any. */
    static EditorMaterials none(Plan plan, HadoopSettings hadoop) {
        return new EditorMaterials(
                new ImageBytes(hadoop, plan.dataset().limits().maxBytes()),
                plan.dataset().limits(),
                hadoop,
                plan.model().device(),
                Map.of(),
                Map.of(),
                SteeredFeatures.NONE);
    }

    /**
     * With what one more editor needs, read and verified. What an earlier editor needed too is not read again.
     *
     * @throws UserError when its picture or bundle cannot be used
     */
    EditorMaterials with(Editor editor) {
        Map<String, String> pictures = new TreeMap<>(pictureSha256);
        Map<String, Seen> bundles = new TreeMap<>(editors);
        if (editor instanceof Stamp stamp && stamp.picture() != null) {
            pictures.computeIfAbsent(stamp.picture(), this::decoded);
        } else if (editor instanceof Diffusion diffusion) {
            bundles.computeIfAbsent(diffusion.path(), path -> {
                EditorBundle bundle = open(path, hadoop);
                return new Seen(bundle.sha256(), bundle.card());
            });
        }

        return new EditorMaterials(bytes, limits, hadoop, device, pictures, bundles, features);
    }

    /** With what is known of features. */
    EditorMaterials with(SteeredFeatures known) {
        return new EditorMaterials(bytes, limits, hadoop, device, pictureSha256, editors, known);
    }

    /** The digests of all files, by the paths that the plan gives. */
    Map<String, String> sha256() {
        Map<String, String> digests = new TreeMap<>(pictureSha256);
        editors.forEach((path, seen) -> digests.put(path, seen.sha256));
        return digests;
    }

    @Override
    public PlanarImage picture(String path) {
        String expected = Objects.requireNonNull(pictureSha256.get(path), path);
        PlanarImage known = PICTURES.get(expected);
        if (known != null) {
            return known;
        }

        String actual = decoded(path);
        if (!actual.equals(expected)) {
            throw changed(path, "picture", expected, actual);
        }

        return Objects.requireNonNull(PICTURES.get(actual));
    }

    @Override
    public Painter painter(String path) {
        String expected = Objects.requireNonNull(editors.get(path), path).sha256;
        return PAINTERS.computeIfAbsent(new Key(expected, ModelHost.gpu(device)), key -> {
            EditorBundle bundle = open(path, hadoop);
            if (!bundle.sha256().equals(expected)) {
                throw changed(path, "editor", expected, bundle.sha256());
            }

            return new DdimPainter(DjlLatentDiffusion.load(bundle, key.gpu));
        });
    }

    @Override
    public SteeredFeature feature(SaeFeature editor) {
        return features.feature(editor);
    }

    private static UserError changed(String path, String what, String expected, String actual) {
        return new UserError(
                path + " changed while the run was going on, or is not the same everywhere: the run started with"
                        + " the " + what + " " + expected + ", and here is " + actual);
    }

    private static EditorBundle open(String path, HadoopSettings hadoop) {
        EditorBundle bundle =
                EditorBundle.read(BundleFolder.local(path, hadoop, "interventions", "submit/export_editor.py"), path);
        bundle.verify();
        return bundle;
    }

    /** Keeps the picture that a file has now; its digest. */
    private String decoded(String path) {
        try {
            byte[] encoded = bytes.file(new FileRange(hadoop.qualified(path), 0, FileRange.UNKNOWN));
            String sha256 = Sha256.of(encoded);
            if (!PICTURES.containsKey(sha256)) {
                PICTURES.put(sha256, PlanarImage.of(ImageDecoder.decode(encoded, limits)));
            }

            return sha256;
        } catch (RejectedImageException e) {
            throw new UserError("The picture " + path + " of a stamp cannot be used: " + e.getMessage(), e);
        }
    }
}

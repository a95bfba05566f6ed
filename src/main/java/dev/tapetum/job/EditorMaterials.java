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
import dev.tapetum.intervention.Materials;
import dev.tapetum.job.source.FileRange;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageBytes;
import dev.tapetum.model.EditorBundle;
import dev.tapetum.model.Painter;
import dev.tapetum.model.djl.DjlLatentDiffusion;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the editors of a run need from files: pictures and image-to-image models, read once per process and, models, once per
 * device. Models stay loaded until the process ends, since the next wave needs them again.
 *
 * @param device where models are put, as the classifier is
 * @param editorSha256 the digests of the editors' bundles that the driver saw, by their paths, so that all processes paint alike
 */
record EditorMaterials(
        ImageBytes bytes,
        DecodeLimits limits,
        HadoopSettings hadoop,
        DeviceChoice device,
        Map<String, String> editorSha256)
        implements Materials {

    private static final ConcurrentMap<String, PlanarImage> PICTURES = new ConcurrentHashMap<>();
    private static final ConcurrentMap<Key, Painter> PAINTERS = new ConcurrentHashMap<>();

    EditorMaterials {
        editorSha256 = Map.copyOf(editorSha256);
    }

    private record Key(String sha256, int gpu) {}

    /**
     * The materials of a plan, whose files are read and verified.
     *
     * @throws UserError when a picture or an editor's bundle cannot be used
     */
    static EditorMaterials of(Plan plan, HadoopSettings hadoop) {
        Map<String, String> digests = new TreeMap<>();
        plan.interventions().stream()
                .filter(Diffusion.class::isInstance)
                .map(editor -> ((Diffusion) editor).path())
                .forEach(path ->
                        digests.computeIfAbsent(path, none -> open(path, hadoop).sha256()));
        return new EditorMaterials(
                new ImageBytes(hadoop, plan.dataset().limits().maxBytes()),
                plan.dataset().limits(),
                hadoop,
                plan.model().device(),
                digests);
    }

    @Override
    public PlanarImage picture(String path) {
        return PICTURES.computeIfAbsent(path, this::read);
    }

    @Override
    public Painter painter(String path) {
        String expected = Objects.requireNonNull(editorSha256.get(path), path);
        return PAINTERS.computeIfAbsent(new Key(expected, ModelHost.gpu(device)), key -> {
            EditorBundle bundle = open(path, hadoop);
            if (!bundle.sha256().equals(expected)) {
                throw new UserError(path + " changed while the run was going on, or is not the same folder everywhere:"
                        + " the run started with the editor " + expected + ", and here is " + bundle.sha256());
            }

            return new DdimPainter(DjlLatentDiffusion.load(bundle, key.gpu));
        });
    }

    private static EditorBundle open(String path, HadoopSettings hadoop) {
        EditorBundle bundle =
                EditorBundle.read(BundleFolder.local(path, hadoop, "interventions", "submit/export_editor.py"), path);
        bundle.verify();
        return bundle;
    }

    private PlanarImage read(String path) {
        try {
            FileRange file = new FileRange(hadoop.qualified(path), 0, FileRange.UNKNOWN);
            return PlanarImage.of(ImageDecoder.decode(bytes.file(file), limits));
        } catch (RejectedImageException e) {
            throw new UserError("The picture " + path + " of a stamp cannot be used: " + e.getMessage(), e);
        }
    }
}

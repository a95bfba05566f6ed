package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.ImageDecoder;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.image.RejectedImageException;
import dev.tapetum.intervention.Materials;
import dev.tapetum.job.source.FileRange;
import dev.tapetum.job.source.ImageBytes;
import dev.tapetum.model.Painter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What the editors of a run need from files, read once per process. */
record EditorMaterials(ImageBytes bytes, DecodeLimits limits) implements Materials {

    private static final ConcurrentMap<String, PlanarImage> PICTURES = new ConcurrentHashMap<>();

    @Override
    public PlanarImage picture(String path) {
        return PICTURES.computeIfAbsent(path, this::read);
    }

    @Override
    public Painter painter(String path) {
        throw new UserError("There are no painters");
    }

    private PlanarImage read(String path) {
        try {
            FileRange file = new FileRange(path, 0, FileRange.UNKNOWN);
            return PlanarImage.of(ImageDecoder.decode(bytes.file(file), limits));
        } catch (RejectedImageException e) {
            throw new UserError("The picture " + path + " of a stamp cannot be used: " + e.getMessage(), e);
        }
    }
}

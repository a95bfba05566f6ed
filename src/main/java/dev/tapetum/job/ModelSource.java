package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.model.ModelBundle;
import java.io.Serializable;

/**
 * Where a process finds the model bundle.
 *
 * @param path the folder, as the plan names it
 * @param sha256 the bundle's digest, {@link ModelBundle#sha256()}, that the driver saw, so that all processes run the same model
 */
record ModelSource(String path, String sha256, HadoopSettings hadoop) implements Serializable {

    /** Reads and verifies the bundle at a plan's path; for the driver, which has no digest to expect yet. */
    static ModelBundle open(String path, HadoopSettings hadoop) {
        ModelBundle bundle =
                ModelBundle.read(BundleFolder.local(path, hadoop, "model.path", "submit/export_model.py"), path);
        bundle.verify();
        return bundle;
    }

    /** The bundle, local to this process and verified. */
    ModelBundle fetch() {
        ModelBundle bundle = open(path, hadoop);
        if (!bundle.sha256().equals(sha256)) {
            throw new UserError(path + " changed while the run was going on, or is not the same folder everywhere:"
                    + " the run started with the model " + sha256 + ", and here is " + bundle.sha256());
        }

        return bundle;
    }
}

package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.model.ModelBundle;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;

/**
 * Where a process finds the model bundle: in place when the folder is local, else as a copy in the process's temporary
 * folder.
 *
 * @param path the folder, as the plan names it
 * @param sha256 the bundle's digest, {@link ModelBundle#sha256()}, that the driver saw, so that all processes run the same model
 */
record ModelSource(String path, String sha256, HadoopSettings hadoop) implements Serializable {

    /** Reads and verifies the bundle at a plan's path; for the driver, which has no digest to expect yet. */
    static ModelBundle open(String path, HadoopSettings hadoop) {
        ModelBundle bundle = ModelBundle.read(localFolder(path, hadoop), path);
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

    private static Path localFolder(String path, HadoopSettings hadoop) {
        try {
            FileSystem files = hadoop.fileSystem(path);
            org.apache.hadoop.fs.Path folder = files.makeQualified(new org.apache.hadoop.fs.Path(path));
            if (!files.exists(folder) || !files.getFileStatus(folder).isDirectory()) {
                throw new UserError(
                        "model.path: there is no folder " + folder + "; make a bundle with submit/export_model.py");
            }

            return folder.toUri().getScheme().equals("file")
                    ? Path.of(folder.toUri().getPath())
                    : copied(files, folder);
        } catch (IOException e) {
            throw new UserError("model.path: " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Path copied(FileSystem files, org.apache.hadoop.fs.Path folder) throws IOException {
        Path copy = Files.createTempDirectory("tapetum-model-");
        copy.toFile().deleteOnExit();
        for (FileStatus file : files.listStatus(folder)) {
            if (file.isFile()) {
                File target = copy.resolve(file.getPath().getName()).toFile();
                target.deleteOnExit();
                FileUtil.copy(files, file.getPath(), target, false, files.getConf());
            }
        }

        return copy;
    }
}

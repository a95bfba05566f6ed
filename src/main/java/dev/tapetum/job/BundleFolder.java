package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.job.source.HadoopSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;

/** The folder of a bundle, wherever Hadoop can read it. */
final class BundleFolder {

    private BundleFolder() {}

    /**
     * The folder as this process can open it: in place when it is local, else as a copy in the process's temporary folder.
     *
     * @param key of the plan that names it, for errors
     * @param exporter what makes such a folder
     */
    static Path local(String path, HadoopSettings hadoop, String key, String exporter) {
        try {
            FileSystem files = hadoop.fileSystem(path);
            org.apache.hadoop.fs.Path folder = files.makeQualified(new org.apache.hadoop.fs.Path(path));
            if (!files.exists(folder) || !files.getFileStatus(folder).isDirectory()) {
                throw new UserError(key + ": there is no folder " + folder + "; make a bundle with " + exporter);
            }

            return folder.toUri().getScheme().equals("file")
                    ? Path.of(folder.toUri().getPath())
                    : copied(files, folder);
        } catch (IOException e) {
            throw new UserError(key + ": " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Path copied(FileSystem files, org.apache.hadoop.fs.Path folder) throws IOException {
        Path copy = Files.createTempDirectory("tapetum-bundle-");
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

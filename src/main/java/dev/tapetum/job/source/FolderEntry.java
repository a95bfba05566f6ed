package dev.tapetum.job.source;

import java.io.Serializable;

/**
 * A file or folder found below a base folder.
 *
 * @param name its path relative to the base, {@code /} between the parts; empty for the base itself
 * @param length the file's bytes; {@link FileRange#UNKNOWN} for a folder or what cannot be asked
 * @param folder whether it is a folder, whose content is still to be listed
 */
public record FolderEntry(String name, long length, boolean folder) implements Serializable {
    /** The name of an entry of this folder, relative to the base. */
    String child(String entry) {
        return name.isEmpty() ? entry : name + "/" + entry;
    }

    /** The last part of the name. */
    String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The name of the folder right above; empty right below the base. */
    String folderName() {
        int end = Math.max(name.lastIndexOf('/'), 0);
        return name.substring(name.lastIndexOf('/', end - 1) + 1, end);
    }
}

package dev.tapetum.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The Jupyter of this machine, as far as it has one. */
final class Jupyter {

    private static final int SECONDS = 600;

    private Jupyter() {}

    /** Whether there is a Jupyter that has the kernel of the notebooks and can run them. */
    static boolean hasJava(Path scratch) throws IOException, InterruptedException {
        try {
            return run(scratch, Map.of(), "kernelspec", "list", "--json").contains("\"java\"")
                    && run(scratch, Map.of(), "nbconvert", "--version").startsWith("7");
        } catch (IOException none) {
            return false;
        }
    }

    /** Runs a notebook in its kernel, as a person's Run All does; the copy with its outputs lies in the folder. */
    static NotebookRun run(Notebook notebook, Path scratch, Map<String, String> environment)
            throws IOException, InterruptedException {
        String log = run(
                scratch,
                environment,
                "nbconvert",
                "--to=notebook",
                "--execute",
                "--ExecutePreprocessor.timeout=" + SECONDS / 2,
                "--output-dir=" + scratch,
                notebook.file().toAbsolutePath().toString());
        Path executed = scratch.resolve(notebook.name());
        if (!Files.exists(executed)) {
            throw new AssertionError(notebook.name() + ": " + log);
        }

        return Notebook.read(executed).outputs();
    }

    private static String run(Path scratch, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("jupyter"));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(scratch, "jupyter", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroy();
        }

        return Files.readString(out);
    }
}

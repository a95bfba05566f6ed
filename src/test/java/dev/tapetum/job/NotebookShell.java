package dev.tapetum.job;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * Runs the cells of a notebook in the Java shell, within this JVM and on its class path: Spark is that of the tests. Of
 * the kernel's magics it knows {@code %load}; {@code %maven} adds nothing, and what it names is kept.
 */
final class NotebookShell implements AutoCloseable {

    /** The kernel's own pattern of magics, but for those at the start of a line. */
    private static final Pattern MISTAKEN = Pattern.compile("=\\s*%\\w");

    private final Path folder;
    private final JShell shell;
    private final List<String> artifacts = new ArrayList<>();

    private NotebookShell(Path folder) {
        this.folder = folder;
        this.shell = JShell.builder().executionEngine("local").build();
        shell.addToClasspath(System.getProperty("java.class.path"));
        evaluate("import static " + NotebookKernel.class.getCanonicalName() + ".display;");
    }

    /**
     * Runs a notebook.
     *
     * @param environment the variables that its cells see
     * @throws AssertionError when a cell does not compile or throws, with the cell's number
     */
    static NotebookRun run(Notebook notebook, Map<String, String> environment) throws IOException {
        NotebookKernel.start(environment);
        try (NotebookShell shell = new NotebookShell(notebook.folder())) {
            for (Notebook.Cell cell : notebook.code()) {
                try {
                    shell.cell(cell.source());
                } catch (IllegalStateException e) {
                    throw new AssertionError(
                            notebook.name() + ", cell " + cell.number() + ": " + e.getMessage() + "\n" + cell.source(),
                            e);
                }
            }

            return new NotebookRun(NotebookKernel.shown(), List.copyOf(shell.artifacts));
        }
    }

    private void cell(String source) throws IOException {
        if (MISTAKEN.matcher(source).find()) {
            throw new IllegalStateException("the kernel takes what follows an '=' and starts with '%' for a magic");
        }

        StringBuilder code = new StringBuilder();
        for (String line : source.lines().toList()) {
            if (!line.startsWith("%")) {
                code.append(line).append('\n');
                continue;
            }

            evaluate(code.toString());
            code.setLength(0);
            String[] words = line.substring(1).split(" ");
            switch (words[0]) {
                case "load" -> cell(Files.readString(folder.resolve(words[1])));
                case "maven" -> artifacts.add(words[1]);
                default -> throw new IllegalStateException("no kernel knows " + line);
            }
        }

        evaluate(code.toString());
    }

    private void evaluate(String code) {
        SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
        String rest = code.replace("System.getenv()", NotebookKernel.class.getCanonicalName() + ".getenv()");
        while (!rest.isBlank()) {
            CompletionInfo next = analysis.analyzeCompletion(rest);
            if (next.completeness() == Completeness.EMPTY) {
                return; // comments
            }

            if (!next.completeness().isComplete()) {
                throw new IllegalStateException("no complete statement: " + rest);
            }

            for (SnippetEvent event : shell.eval(next.source())) {
                check(event);
            }

            rest = next.remaining();
        }
    }

    private void check(SnippetEvent event) {
        if (event.status() == Status.REJECTED || event.status() == Status.RECOVERABLE_NOT_DEFINED) {
            String messages =
                    shell.diagnostics(event.snippet()).map(this::where).collect(joining("\n"));
            throw new IllegalStateException(
                    messages + "\n in " + event.snippet().source());
        }

        if (event.exception() instanceof EvalException thrown) {
            throw new IllegalStateException(thrown.getExceptionClassName() + ": " + thrown.getMessage(), thrown);
        }

        if (event.exception() != null) {
            throw new IllegalStateException(event.exception());
        }
    }

    private String where(Diag problem) {
        return problem.getMessage(null);
    }

    @Override
    public void close() {
        shell.close();
    }
}

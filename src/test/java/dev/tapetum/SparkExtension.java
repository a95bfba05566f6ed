package dev.tapetum;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link SparkSession}: annotate the class with {@code @ExtendWith(SparkExtension.class)} and take the
 * session as a parameter of a test or lifecycle method.
 *
 * <p>All tests of the JVM share one Spark context ({@code local[2]}), which costs seconds to start and is stopped when
 * the last test has run. Each test class has its own session in it, so that temporary views and settings of one class
 * are not seen by another, also when classes run at the same time. Catalog tables are shared: give them a database of
 * their own.
 */
public final class SparkExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SparkExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SparkSession.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        LocalSpark spark = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(LocalSpark.class, key -> LocalSpark.start(), LocalSpark.class);

        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        context.getRequiredTestClass(),
                        type -> new ClassSession(spark.session.newSession()),
                        ClassSession.class)
                .session;
    }

    /** A session in a store that closes whatever is closeable: closing one session would stop the context of all. */
    private record ClassSession(SparkSession session) {}

    /** The one Spark context; the root store closes it after the last test. */
    private record LocalSpark(SparkSession session, Path warehouse) implements AutoCloseable {
        static LocalSpark start() {
            try {
                Path warehouse = Files.createTempDirectory("tapetum-warehouse");
                SparkSession session = SparkSession.builder()
                        .appName("tapetum-tests")
                        .master("local[2]")
                        .config("spark.driver.bindAddress", "127.0.0.1")
                        .config("spark.driver.host", "127.0.0.1")
                        .config("spark.ui.enabled", false)
                        .config("spark.sql.shuffle.partitions", 3)
                        .config("spark.sql.session.timeZone", "UTC")
                        .config("spark.sql.warehouse.dir", warehouse.toUri().toString())
                        .getOrCreate();
                session.sparkContext().setLogLevel("ERROR");
                return new LocalSpark(session, warehouse);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            session.stop();

            try (Stream<Path> files = Files.walk(warehouse)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}

package dev.tapetum.cli;

import org.apache.spark.package$;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "Tapetum " + (version == null ? "development" : version),
            "Spark " + package$.MODULE$.SPARK_VERSION(),
            "Java " + Runtime.version()
        };
    }
}

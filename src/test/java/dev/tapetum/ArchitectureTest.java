package dev.tapetum;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Map;
import java.util.Set;

/** Who may know whom. Every room may also know the root; {@code job} and {@code cli} may know every room below them. */
@AnalyzeClasses(packages = "dev.tapetum", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry("image", Set.of("spec")),
            Map.entry("image.corruption", Set.of("spec", "image")),
            Map.entry("model", Set.of("spec", "image")),
            Map.entry("probe", Set.of("spec", "image", "model")),
            Map.entry("sae", Set.of("spec", "image", "model", "probe")),
            Map.entry("model.djl", Set.of("spec", "image", "model", "probe", "sae")),
            Map.entry("attribution", Set.of("spec", "image", "model", "probe")),
            Map.entry("attributionmetric", Set.of("spec", "image", "model", "probe", "attribution")),
            Map.entry("intervention", Set.of("spec", "image", "image.corruption", "model", "probe")),
            Map.entry("prototype", Set.of("spec", "image", "model", "probe")),
            Map.entry("prototype.reading", Set.of("spec", "image", "model", "probe", "prototype", "stats")),
            Map.entry("stats", Set.of("spec")),
            Map.entry("fairness", Set.of("spec", "stats")),
            Map.entry("fairness.slice", Set.of("spec", "stats", "fairness")),
            Map.entry("table", Set.of("spec")),
            Map.entry("report", Set.of("spec", "image", "table", "stats", "fairness")),
            Map.entry("demo", Set.of("spec", "image")),
            Map.entry(
                    "config",
                    Set.of(
                            "spec",
                            "image",
                            "table",
                            "stats",
                            "fairness",
                            "attribution",
                            "attributionmetric",
                            "intervention",
                            "sae",
                            "prototype")));

    @ArchTest
    static final ArchRule EACH_ROOM_KNOWS_ONLY_ITS_OWN = rooms();

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.tapetum.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONE_ROOM_KNOWS_DJL = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tapetum.model.djl")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule PURE_ROOMS_KNOW_NO_SPARK = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tapetum.job..", "dev.tapetum.table", "dev.tapetum.cli")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..");

    private static ArchRule rooms() {
        LayeredArchitecture rooms = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("job")
                .definedBy("dev.tapetum.job..")
                .layer("cli")
                .definedBy("dev.tapetum.cli")
                .layer("spec")
                .definedBy("dev.tapetum.spec");
        for (String room : ROOMS.keySet()) {
            rooms = rooms.layer(room).definedBy("dev.tapetum." + room);
        }

        for (Map.Entry<String, Set<String>> room : ROOMS.entrySet()) {
            rooms = rooms.whereLayer(room.getKey())
                    .mayOnlyAccessLayers(room.getValue().toArray(String[]::new));
        }

        return rooms.whereLayer("spec").mayNotAccessAnyLayer().whereLayer("job").mayOnlyBeAccessedByLayers("cli");
    }
}

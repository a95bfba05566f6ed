package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.config.Plan;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.job.source.IndexSummary;
import dev.tapetum.table.GateStatus;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of a run so far; makes its row at any time. */
final class RunRecord {

    private static final String VERSION = version();

    private final String runId;
    private final Plan plan;
    private final Instant begun;
    private Instant startedAt;
    private @Nullable String modelSha256;
    private @Nullable String datasetSha256;
    private Map<String, String> materialSha256 = Map.of();
    private @Nullable String baseline;
    private @Nullable String message;
    private @Nullable String device;
    private long images;
    private WaveEntry work = WaveEntry.none();
    private double earlierSeconds;
    private GateStatus gate = GateStatus.NONE;

    RunRecord(String runId, Plan plan, Instant begun) {
        this.runId = runId;
        this.plan = plan;
        this.begun = begun;
        this.startedAt = begun;
    }

    /** A resumed run started when its first part did. */
    void startedAt(RunRow earlier) {
        startedAt = earlier.startedAt();
        earlierSeconds = earlier.seconds();
        device = earlier.device();
    }

    void model(String sha256) {
        modelSha256 = sha256;
    }

    void materials(Map<String, String> sha256) {
        materialSha256 = sha256;
    }

    void baseline(@Nullable String other) {
        baseline = other;
    }

    void dataset(IndexSummary listed) {
        datasetSha256 = listed.datasetSha256();
        images = listed.images();
    }

    /** The sum of all committed waves so far. */
    void work(WaveEntry total) {
        work = total;
    }

    void devices(List<String> modelLoads) {
        if (!modelLoads.isEmpty()) {
            TreeSet<String> devices = new TreeSet<>();
            modelLoads.forEach(load -> devices.add(load.substring(load.lastIndexOf(' ') + 1)));
            device = String.join(", ", devices);
        }
    }

    /** The one place where a verdict becomes a word of the table, which knows nothing of verdicts. */
    void gate(List<GateVerdict> verdicts) {
        gate = switch (GateVerdict.overall(verdicts)) {
            case PASS -> GateStatus.PASS;
            case FAIL -> GateStatus.FAIL;
            case UNDECIDED -> GateStatus.NONE;
        };
    }

    void failed(Throwable cause) {
        UserError user = UserError.behind(cause);
        Throwable told = user == null ? cause : user;
        message = String.valueOf(told.getMessage()).lines().findFirst().orElse(cause.toString());
    }

    /** Whether more images were rejected than the plan allows. */
    boolean partial() {
        return work.rejected() > plan.run().maxRejectFraction() * images;
    }

    RunRow row(RunStatus status) {
        Instant now = Instant.now();
        return new RunRow(
                runId,
                startedAt,
                status == RunStatus.RUNNING ? null : now,
                status,
                gate,
                message,
                plan.canonical(),
                plan.sha256(),
                modelSha256,
                datasetSha256,
                materialSha256,
                baseline,
                VERSION,
                images,
                work.ok(),
                work.rejected(),
                work.forwardAsked(),
                work.forwardMade(),
                work.gradientAsked(),
                work.gradientMade(),
                device,
                earlierSeconds + Duration.between(begun, now).toNanos() / 1e9);
    }

    private static String version() {
        String version = RunRecord.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}

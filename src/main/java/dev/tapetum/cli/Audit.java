package dev.tapetum.cli;

import dev.tapetum.UserError;
import dev.tapetum.config.PlanFile;
import dev.tapetum.job.AuditRun;
import dev.tapetum.job.RunOutcome;

/** An audit that a person watches: progress on the way, then what came out. */
record Audit(Terminal terminal, SparkDriver spark, boolean quiet) {

    /** Carries out the plan and prints the summary. */
    RunOutcome run(PlanFile plan, boolean resume) throws Exception {
        RunOutcome outcome = watched(plan, resume);
        terminal.out().println(Summary.text(outcome, plan.plan().run().output(), terminal.name()));
        return outcome;
    }

    private RunOutcome watched(PlanFile plan, boolean resume) throws Exception {
        RunDisplay display = new RunDisplay(terminal.err(), terminal.columns(), quiet, System::nanoTime);
        try (display) {
            return Interruption.during(
                    () -> sayHowToGoOn(display),
                    () -> Placed.in(plan, () -> AuditRun.run(spark.session(), plan, resume, display)));
        } catch (Exception | Error e) {
            String runId = display.runId();
            if (runId == null || UserError.behind(e) != null) {
                throw e;
            }

            throw new RunFailedException(runId, e);
        }
    }

    private void sayHowToGoOn(RunDisplay display) {
        display.close();
        if (display.runId() != null) {
            terminal.err()
                    .println("Interrupted: '" + terminal.name() + " audit PLAN --resume' goes on with run "
                            + display.runId() + " where it stopped.");
        }
    }
}

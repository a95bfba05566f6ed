package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Attribution;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changed copies of an image: what they look like, and what a method says about them. */
record Changes(Perturbation perturbation, int samples) {

    /** A changed copy of the image and what the method says about it. */
    record Copy(Stimulus stimulus, Attribution attribution) {}

    /** What the stimuli depend on besides the image: with equal keys they are the same for two methods. */
    record Key(Changes changes, @Nullable AttackedMap map) {}

    Key key(Explanation explanation) {
        return new Key(this, perturbation instanceof Attack ? AttackedMap.of(explanation) : null);
    }

    Program<List<Stimulus>> stimuli(Explanation explanation) {
        return perturbation.changed(explanation, samples);
    }

    /** The copies; none where what the method says about one of them is not finite, which no metric can compare. */
    static Program<List<Copy>> copies(Explanation explanation, List<Stimulus> stimuli) {
        List<Program<Attribution>> programs = stimuli.stream()
                .map(stimulus -> explanation.method().program(explanation.changedTo(stimulus)))
                .toList();
        return Program.all(programs).map(attributions -> {
            List<Copy> copies = new ArrayList<>();
            for (int j = 0; j < attributions.size(); j++) {
                if (!attributions.get(j).values().isFinite()) {
                    return List.of();
                }

                copies.add(new Copy(stimuli.get(j), attributions.get(j)));
            }

            return copies;
        });
    }
}

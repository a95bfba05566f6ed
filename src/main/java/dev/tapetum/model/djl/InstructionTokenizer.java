package dev.tapetum.model.djl;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.tapetum.UserError;
import dev.tapetum.model.EditorBundle;
import dev.tapetum.model.EditorCard;
import java.io.IOException;
import java.util.Arrays;

/** A bundle's tokenizer: every text becomes as many ids as the text encoder takes, cut or filled up. */
final class InstructionTokenizer implements AutoCloseable {

    private final HuggingFaceTokenizer tokenizer;
    private final EditorCard.Tokens tokens;

    private InstructionTokenizer(HuggingFaceTokenizer tokenizer, EditorCard.Tokens tokens) {
        this.tokenizer = tokenizer;
        this.tokens = tokens;
    }

    static InstructionTokenizer load(EditorBundle bundle) {
        // Where there is a GPU the library would look for a build for it, on the network; tokens need none.
        System.getProperties().putIfAbsent("RUST_FLAVOR", "cpu");
        EditorCard.Tokens tokens = bundle.card().tokens();
        try {
            return new InstructionTokenizer(
                    HuggingFaceTokenizer.builder()
                            .optTokenizerPath(bundle.directory().resolve(EditorBundle.TOKENIZER))
                            .optAddSpecialTokens(true)
                            .optTruncation(true)
                            .optMaxLength(tokens.length())
                            .optPadding(false)
                            .build(),
                    tokens);
        } catch (IOException | RuntimeException e) {
            throw new UserError(
                    bundle.card().name() + ": " + EditorBundle.TOKENIZER + " cannot be loaded: "
                            + ModuleCheck.reason(e),
                    e);
        }
    }

    long[] ids(String text) {
        long[] ids = tokenizer.encode(text).getIds();
        long[] filled = Arrays.copyOf(ids, tokens.length());
        Arrays.fill(filled, Math.min(ids.length, filled.length), filled.length, tokens.pad());
        return filled;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

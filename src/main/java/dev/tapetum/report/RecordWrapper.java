package dev.tapetum.report;

import freemarker.ext.util.WrapperTemplateModel;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapper;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.lang.reflect.RecordComponent;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Shows records to templates as hashes of their components, and nothing else of them. FreeMarker's own wrapper sees only
 * public classes; the page's records are this package's own. Characters that turn the direction of writing are shown as their codes.
 */
final class RecordWrapper extends DefaultObjectWrapper {
    /** The characters that embed, override or isolate a direction of writing. */
    private static final Pattern TURNING = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

    RecordWrapper() {
        super(Configuration.VERSION_2_3_34);
    }

    /** A text from data must not turn round what stands beside it, such as the number of a limit. */
    @Override
    public TemplateModel wrap(@Nullable Object object) throws TemplateModelException {
        return super.wrap(
                object instanceof String text
                        ? TURNING.matcher(text)
                                .replaceAll(found -> String.format(
                                        "\\\\u%04x", (int) found.group().charAt(0)))
                        : object);
    }

    @Override
    protected TemplateModel handleUnknownType(Object object) throws TemplateModelException {
        return object instanceof Record shown ? new Components(shown) : super.handleUnknownType(object);
    }

    private final class Components implements TemplateHashModel, WrapperTemplateModel {
        private final Record shown;

        private Components(Record shown) {
            this.shown = shown;
        }

        /** A component that does not exist is a slip in the template, which must not pass for a missing value. */
        @Override
        public @Nullable TemplateModel get(String key) throws TemplateModelException {
            for (RecordComponent component : shown.getClass().getRecordComponents()) {
                if (component.getName().equals(key)) {
                    return wrap(value(component));
                }
            }

            throw new TemplateModelException(shown.getClass().getSimpleName() + " has no component " + key);
        }

        private @Nullable Object value(RecordComponent component) throws TemplateModelException {
            try {
                return component.getAccessor().invoke(shown);
            } catch (ReflectiveOperationException e) {
                throw new TemplateModelException("Reading " + component + " failed", e);
            }
        }

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public Object getWrappedObject() {
            return shown;
        }
    }
}

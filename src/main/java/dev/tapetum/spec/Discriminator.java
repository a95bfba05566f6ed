package dev.tapetum.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The key by which an object of HOCON says which record of a sealed family it is: with {@code @Discriminator("method")}
 * on the interface, {@code { method = saliency }} is its record {@code Saliency}. A sealed interface inside a family
 * inherits its family's key; a family without the annotation uses {@value #DEFAULT}.
 *
 * <p>The defaults of the family's records stand in {@code reference.conf} under the same word, so two families that have
 * defaults may not share one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Discriminator {
    /** The key of a family that names none. */
    String DEFAULT = "kind";

    /** The key, in kebab case. */
    String value();
}

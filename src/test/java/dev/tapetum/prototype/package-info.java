/** Tests of class prototypes: closed forms, laws, and the steps of PyTorch. */
@NullMarked
package dev.tapetum.prototype;

import org.jspecify.annotations.NullMarked;

/** The notebooks of the repository, checked and run: by a kernel where there is one, else by the Java shell. */
package dev.tapetum.notebook;

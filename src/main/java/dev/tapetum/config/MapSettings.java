package dev.tapetum.config;

import dev.tapetum.table.MapEncoding;
import java.io.Serializable;

/**
 * How attribution maps are stored.
 *
 * @param resolution the cells along each side
 * @param encoding the type of each cell
 */
public record MapSettings(Resolution resolution, MapEncoding encoding) implements Serializable {}

/** Figures for metrics and traces, without tenants and without connections. */
@NullMarked
package dev.connections.core.observe;

import org.jspecify.annotations.NullMarked;

/** The adapter of ServiceNow instances. */
@NullMarked
package dev.connections.servicenow.internal;

import org.jspecify.annotations.NullMarked;

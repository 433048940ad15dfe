/** What ServiceNow knows of tables and columns and what has no neutral place. */
@NullMarked
package dev.connections.servicenow;

import org.jspecify.annotations.NullMarked;

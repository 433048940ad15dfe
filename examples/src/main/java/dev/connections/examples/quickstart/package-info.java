/** The main job, from a directory of files to a snapshot, DDL and a report. */
@NullMarked
package dev.connections.examples.quickstart;

import org.jspecify.annotations.NullMarked;

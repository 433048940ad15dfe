/**
 * What an adapter implements and what a host reads: the adapter interface, the configuration spec,
 * the result types and the errors.
 *
 * <p>The module depends on nothing but the JDK; the nullness annotations are needed at compile time
 * only.
 */
module dev.connections.api {
  requires static transitive org.jspecify;

  exports dev.connections.api;
}

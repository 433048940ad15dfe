/** What a host calls: stored connections, their tests, their metadata and what it maps to. */
module dev.connections.core {
  requires transitive dev.connections.api;
  requires com.fasterxml.jackson.databind;
  requires com.github.benmanes.caffeine;
  requires com.google.crypto.tink;
  requires dev.failsafe.core;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports dev.connections.core;
  exports dev.connections.core.access;
  exports dev.connections.core.audit;
  exports dev.connections.core.forms;
  exports dev.connections.core.health;
  exports dev.connections.core.history;
  exports dev.connections.core.importing;
  exports dev.connections.core.observe;
  exports dev.connections.core.secrets;
  exports dev.connections.core.store;
  exports dev.connections.core.targets;

  uses dev.connections.api.ConnectionAdapterProvider;
}

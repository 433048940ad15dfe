/** The toolkit under adapters of services on the web. */
module dev.connections.http {
  requires transitive dev.connections.api;
  requires com.fasterxml.jackson.core;
  requires kotlin.stdlib;
  requires okhttp3;
  requires okio;
  requires static org.jspecify;

  exports dev.connections.http;
}

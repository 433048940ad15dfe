/** ServiceNow instances. */
module dev.connections.servicenow {
  requires transitive dev.connections.api;
  requires dev.connections.http;
  requires static org.jspecify;

  exports dev.connections.servicenow;

  provides dev.connections.api.ConnectionAdapterProvider with
      dev.connections.servicenow.internal.ServiceNowProvider;
}

package dev.connections.servicenow.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionType;
import dev.connections.api.ConsentFlow;
import dev.connections.api.RowPreview;
import java.util.Set;

/** Offers connections to ServiceNow instances. */
public final class ServiceNowProvider implements ConnectionAdapterProvider {
  private static final ConnectionType TYPE =
      ConnectionType.of("servicenow", "ServiceNow", ConnectionType.Family.APPLICATION)
          .storedAs("ServiceNow")
          .icon("servicenow")
          .color("#62d84e")
          .build();

  /** Made by {@code ServiceLoader}. */
  public ServiceNowProvider() {}

  @Override
  public ConnectionType type() {
    return TYPE;
  }

  @Override
  public ConfigurationSpec configuration() {
    return ServiceNowFields.SPEC;
  }

  @Override
  public Set<Class<?>> features() {
    return Set.of(RowPreview.class, ConsentFlow.class);
  }

  @Override
  public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
    return ServiceNowAdapter.open(configuration, context, Pager.LARGEST);
  }
}

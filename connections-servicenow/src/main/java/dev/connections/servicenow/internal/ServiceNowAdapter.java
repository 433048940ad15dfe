package dev.connections.servicenow.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.CallLimits;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConsentFlow;
import dev.connections.api.RowPreview;
import dev.connections.http.HttpService;
import dev.connections.http.ServiceAdapter;
import dev.connections.http.ServiceFields;
import dev.connections.http.SignInFields;
import java.time.Duration;

/** Makes the adapter of one ServiceNow instance. */
final class ServiceNowAdapter {
  private ServiceNowAdapter() {}

  /**
   * @param largestPage how many rows of the dictionary the first page is asked for
   */
  static ConnectionAdapter open(
      Configuration configuration, AdapterContext context, int largestPage) {
    HttpService plain =
        HttpService.open(Instance.settings(configuration), limits(configuration), context);
    InstanceFailures failures =
        new InstanceFailures(
            plain.failures(), context.clock(), SignInFields.byPassword(configuration));
    HttpService service = Instance.signing(plain, configuration, context).judging(failures);
    TableApi api =
        new TableApi(service, failures, ServiceNowFields.path(configuration).orElseThrow());
    Pager pager = new Pager(api, context.parallel(), largestPage);
    InstanceCatalog catalog =
        new InstanceCatalog(
            api,
            new DictionaryReader(
                pager,
                context.parallel(),
                new DictionaryReader.Options(
                    configuration.get(ServiceNowFields.SCHEMAS),
                    configuration.get(ServiceNowFields.CHOICES),
                    configuration.find(ServiceNowFields.LANGUAGE))));
    ServiceAdapter<Tables> adapter =
        ServiceAdapter.of(
            service,
            context.clock(),
            catalog,
            operation -> new ServiceNowCheck(api, operation).run());
    ServiceAdapter<Tables> showing =
        configuration.get(ServiceFields.ROW_PREVIEW)
            ? adapter.offering(
                RowPreview.class,
                new FirstRows(
                    adapter,
                    api,
                    context.parallel(),
                    configuration.get(ServiceNowFields.PAGE_SIZE)))
            : adapter;
    return Instance.consent(plain, configuration, context)
        .map(consent -> showing.offering(ConsentFlow.class, consent))
        .orElse(showing);
  }

  private static CallLimits limits(Configuration configuration) {
    CallLimits limits =
        CallLimits.parallel(Pager.WORKERS).withTimeout(configuration.get(ServiceNowFields.TIMEOUT));
    return configuration
        .find(ServiceNowFields.RATE_LIMIT)
        .map(calls -> limits.withRate(calls, Duration.ofHours(1)))
        .orElse(limits);
  }
}

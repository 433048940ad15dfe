package dev.connections.simulators.internal.databricks;

import dev.connections.simulators.internal.Answer;
import dev.connections.simulators.internal.Incoming;
import dev.connections.simulators.internal.Service;
import java.util.Optional;

/** Everything that the workspace answers. */
public final class WorkspaceService implements Service {
  private final CatalogApi catalogs;
  private final Compute compute;
  private final StatementsApi statements;
  private final WorkspaceTokens tokens;
  private final RateLimit limit;
  private volatile boolean unityCatalog = true;

  /** Joins the parts of a workspace. */
  public WorkspaceService(
      CatalogApi catalogs,
      Compute compute,
      StatementsApi statements,
      WorkspaceTokens tokens,
      RateLimit limit) {
    this.catalogs = catalogs;
    this.compute = compute;
    this.statements = statements;
    this.tokens = tokens;
    this.limit = limit;
  }

  /** Whether the workspace has a metastore. */
  public void unityCatalog(boolean on) {
    unityCatalog = on;
  }

  @Override
  public Answer answer(Incoming request, int underWay) {
    if (request.path().equals("/oidc/v1/token") && request.is("POST")) {
      return tokens.grant(request);
    }
    Optional<Answer> refused = tokens.refusal(request).or(() -> limit.refusal(underWay));
    return refused
        .or(() -> compute.answer(request))
        .or(() -> statements.answer(request))
        .orElseGet(() -> catalog(request));
  }

  private Answer catalog(Incoming request) {
    if (!request.is("GET") || !catalogs.serves(request.path())) {
      return Json.refusal(404, "ENDPOINT_NOT_FOUND", "No API found for " + request.path());
    }
    return unityCatalog
        ? catalogs.answer(request)
        : Json.refusal(
            404, "METASTORE_DOES_NOT_EXIST", "No metastore assigned for the current workspace.");
  }
}

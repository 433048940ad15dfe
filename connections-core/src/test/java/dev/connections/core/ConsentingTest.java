package dev.connections.core;

import static dev.connections.core.Stage.failing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionException;
import dev.connections.api.ConnectionType;
import dev.connections.api.ConsentFlow;
import dev.connections.api.Field;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.SchemaInfo;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardStep;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.api.TestResult;
import dev.connections.api.TestSteps;
import dev.connections.api.TokenStore.Granted;
import dev.connections.api.TokenStore.Token;
import dev.connections.core.access.Visibility;
import dev.connections.core.audit.AuditOperation;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The two calls of a consent, at a type that signs in by it. */
class ConsentingTest {
  private static final URI BACK = URI.create("https://app.example.com/back");
  private static final Field<Boolean> OFFERED = Field.flag("authentication.offered").preset(true);

  private final List<String> exchanged = Collections.synchronizedList(new ArrayList<>());
  private final List<String> refreshedWith = Collections.synchronizedList(new ArrayList<>());
  private final Stage stage = Stage.set(builder -> builder.provider(new Consenting()));
  private final TenantConnections ada = stage.ada;

  @AfterEach
  void close() {
    stage.close();
  }

  /** A type whose service takes every code but {@code bad}. */
  private final class Consenting implements ConnectionAdapterProvider {
    @Override
    public ConnectionType type() {
      return ConnectionType.of("consenting", "Consenting", ConnectionType.Family.OTHER).build();
    }

    @Override
    public ConfigurationSpec configuration() {
      return ConfigurationSpec.version(1).group("all", "All", OFFERED).build();
    }

    @Override
    public Set<Class<?>> features() {
      return Set.of(ConsentFlow.class);
    }

    @Override
    public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
      return new Adapter(configuration.get(OFFERED), context);
    }
  }

  private final class Adapter implements ConnectionAdapter, ConsentFlow {
    private final boolean offered;
    private final AdapterContext context;

    Adapter(boolean offered, AdapterContext context) {
      this.offered = offered;
      this.context = context;
    }

    @Override
    public URI address(Visit visit) {
      return URI.create(
          "https://service.example.com/?state=" + visit.state().use(String::new) + "&x=y");
    }

    @Override
    public Granted exchange(Secret code, Visit visit, Operation operation) {
      String text = code.use(String::new);
      exchanged.add(text + " " + visit.redirect() + " " + visit.verifier().use(String::new));
      if (text.equals("bad")) {
        throw ConnectionException.of(StandardErrorCode.CONSENT_NEEDED, "Not that one.");
      }
      return granted("by consent " + exchanged.size());
    }

    private static Granted granted(String access) {
      return new Granted(
          new Token(Secret.of(access), Optional.empty(), Optional.empty()),
          Optional.of(Secret.of("refresh of " + access)));
    }

    private Granted refreshed(Optional<Secret> refreshToken, Operation operation) {
      refreshedWith.add(refreshToken.map(secret -> secret.use(String::new)).orElse("nothing"));
      return granted("refreshed " + refreshedWith.size());
    }

    @Override
    public TestResult test(Operation operation) {
      return TestSteps.of(operation)
          .step(
              StandardStep.AUTHENTICATE,
              step -> context.tokens().current(operation, this::refreshed))
          .result();
    }

    @Override
    public <T> Optional<T> as(Class<T> feature) {
      return offered && feature == ConsentFlow.class
          ? Optional.of(feature.cast(this))
          : Optional.empty();
    }

    @Override
    public List<SchemaInfo> listSchemas(Operation operation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Page<TableInfo> listTables(TableQuery query, Operation operation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TableMetadata getTableMetadata(TableName table, Operation operation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ImportEnd importMetadata(
        ImportSelection selection, MetadataSink sink, Operation operation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private String made() {
    return ada.create(
            ConnectionDraft.of("consenting", "Mine")
                .set("authentication.offered", true)
                .visibility(Visibility.PUBLIC))
        .id();
  }

  private static String state(ConsentRequest request) {
    String query = request.address().getRawQuery();
    return query.substring("state=".length(), query.indexOf('&'));
  }

  private static URI callback(ConsentRequest request, String code) {
    return URI.create(BACK + "?code=" + code + "&state=" + state(request));
  }

  @Test
  void what_was_granted_is_what_the_connection_signs_in_with() {
    String id = made();
    ConsentRequest request = ada.consents().begin(id, BACK);

    assertThat(ada.consents().complete(callback(request, "a%20code")).id()).isEqualTo(id);
    assertThat(ada.test(id).passed()).isTrue();

    assertThat(exchanged).singleElement().asString().startsWith("a code " + BACK + " ");
    assertThat(exchanged.get(0).substring(exchanged.get(0).lastIndexOf(' ') + 1))
        .as("a verifier of 256 bits")
        .hasSize(43)
        .isNotEqualTo(state(request));
    assertThat(refreshedWith).isEmpty();
    assertThat(stage.audited(AuditOperation.CONSENT))
        .extracting(record -> record.object().orElse(""))
        .containsExactly("begin", "complete");
    assertThat(request.toString()).doesNotContain(state(request));
  }

  @Test
  void a_sign_in_between_the_two_calls_takes_nothing_away() {
    String id = made();
    ConsentRequest request = ada.consents().begin(id, BACK);
    assertThat(ada.test(id).passed()).isTrue();
    ada.consents().complete(callback(request, "c"));

    assertThat(refreshedWith).containsExactly("nothing");
    assertThat(exchanged).hasSize(1);
  }

  @Test
  void a_code_that_was_refused_uses_the_consent_up() {
    String id = made();
    ConsentRequest request = ada.consents().begin(id, BACK);

    failing(
        () -> ada.consents().complete(callback(request, "bad")), StandardErrorCode.CONSENT_NEEDED);
    failing(
        () -> ada.consents().complete(callback(request, "good")), CoreErrorCode.NO_SUCH_CONSENT);
    assertThat(exchanged).hasSize(1);
  }

  @Test
  void a_person_who_refuses_uses_it_up_too() {
    String id = made();
    ConsentRequest request = ada.consents().begin(id, BACK);
    URI refusal = URI.create(BACK + "?error=access_denied&state=" + state(request));

    failing(() -> ada.consents().complete(refusal), StandardErrorCode.CONSENT_NEEDED);
    failing(() -> ada.consents().complete(callback(request, "c")), CoreErrorCode.NO_SUCH_CONSENT);
    assertThat(exchanged).isEmpty();
  }

  @Test
  void who_may_only_use_the_connection_may_not_consent_for_it() {
    String id = made();
    ConsentRequest request = ada.consents().begin(id, BACK);
    TenantConnections bob = stage.connections.as(Stage.BOB);

    failing(() -> bob.consents().begin(id, BACK), StandardErrorCode.PERMISSION_DENIED);
    failing(
        () -> bob.consents().complete(callback(request, "c")), StandardErrorCode.PERMISSION_DENIED);
    failing(
        () -> stage.connections.as(Stage.ROOT).consents().complete(callback(request, "c")),
        CoreErrorCode.NO_SUCH_CONSENT);
    ada.lock(id);
    failing(() -> ada.consents().begin(id, BACK), CoreErrorCode.LOCKED);
    assertThat(exchanged).isEmpty();
  }

  @Test
  void a_connection_that_does_not_offer_it_says_so() {
    String id =
        ada.create(
                ConnectionDraft.of("consenting", "Otherwise").set("authentication.offered", false))
            .id();

    failing(() -> ada.consents().begin(id, BACK), StandardErrorCode.UNSUPPORTED);
    failing(
        () -> ada.consents().begin(stage.created("Synthetic").id(), BACK),
        StandardErrorCode.UNSUPPORTED);
  }

  @Test
  void a_callback_that_is_none_completes_nothing() {
    String id = made();
    ConsentRequest request = ada.consents().begin(id, BACK);
    String state = state(request);

    for (String query :
        List.of(
            "",
            "?code=c",
            "?state=.&code=c",
            "?state=" + id + ".&code=c",
            "?code=c&state=" + state + "&state=" + state,
            "?code=c&code=d&state=" + state,
            "?code=c&state=%25zz." + state,
            "?state=" + state + "&code=" + "c".repeat(20_000))) {
      failing(
          () -> ada.consents().complete(URI.create(BACK + query)), CoreErrorCode.NO_SUCH_CONSENT);
    }
    assertThat(exchanged).isEmpty();
    ada.consents().complete(callback(request, "c"));
  }
}

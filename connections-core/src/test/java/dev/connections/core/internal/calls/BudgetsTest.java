package dev.connections.core.internal.calls;

import static dev.connections.core.internal.calls.Fixtures.failureOf;
import static dev.connections.core.internal.calls.Fixtures.inBackground;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.Quota;
import dev.connections.api.StandardErrorCode;
import dev.connections.testkit.TestOperation;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BudgetsTest {
  private static final CallScope SALES = new CallScope("acme", "sales");
  private static final CallScope STOCK = new CallScope("acme", "stock");
  private static final CallScope FOREIGN = new CallScope("other", "sales");
  private static final Quota QUOTA =
      new Quota("daily calls", OptionalLong.of(5), OptionalLong.of(100), Optional.empty());

  private final Budgets budgets = new Budgets();

  @Test
  void connections_of_an_account_that_name_one_budget_share_it() {
    CallLimits limits = CallLimits.parallel(4).withSharedBudget("org-1");

    assertThat(budgets.join(SALES, limits)).isSameAs(budgets.join(STOCK, limits));
    assertThat(budgets.join(SALES, limits))
        .isNotSameAs(budgets.join(SALES, limits.withSharedBudget("org-2")));
  }

  @Test
  void budgets_are_never_shared_over_accounts() {
    CallLimits limits = CallLimits.parallel(4).withSharedBudget("org-1");

    assertThat(budgets.join(SALES, limits)).isNotSameAs(budgets.join(FOREIGN, limits));
  }

  @Test
  void a_connection_that_shares_nothing_keeps_one_budget_over_all_its_adapters() {
    Budget budget = budgets.join(SALES, CallLimits.parallel(4));

    assertThat(budgets.join(SALES, CallLimits.parallel(4))).isSameAs(budget);
    assertThat(budgets.join(STOCK, CallLimits.parallel(4))).isNotSameAs(budget);
    assertThat(budgets.join(STOCK, CallLimits.parallel(4).withSharedBudget("sales")))
        .as("a budget that is named like a connection")
        .isNotSameAs(budget);
  }

  @Test
  void the_strictest_limits_hold_and_go_with_who_had_them() {
    CallLimits roomy = CallLimits.parallel(8).withSharedBudget("org-1");
    Budget budget = budgets.join(SALES, roomy.withRate(100, Duration.ofSeconds(1)));
    budgets.join(
        STOCK,
        CallLimits.parallel(2).withSharedBudget("org-1").withRate(1, Duration.ofSeconds(50)));
    assertThat(budget.parallel().permits().limit()).isEqualTo(2);
    budget.awaitTurn(TestOperation.start());

    ConnectionException thrown = failureOf(() -> budget.awaitTurn(TestOperation.start()));
    assertThat(thrown.code()).isEqualTo(StandardErrorCode.TIMEOUT);
    assertThat(thrown.failure().message()).contains("1 call in 50 seconds");
    assertThat(thrown.failure().remedy()).isPresent();

    budgets.leave(STOCK);
    assertThat(budget.parallel().permits().limit()).isEqualTo(8);
    budget.awaitTurn(TestOperation.start());
    budgets.join(SALES, roomy);
    assertThat(budgets.join(SALES, roomy)).isSameAs(budget);
  }

  @Test
  void a_turn_is_waited_for_where_that_is_soon_enough() {
    Duration per = Duration.ofMillis(60);
    Budget budget = budgets.join(SALES, CallLimits.parallel(4).withRate(1, per));
    long begin = System.nanoTime();

    budget.awaitTurn(TestOperation.start()).orElseThrow().ended(System.nanoTime());
    budget.awaitTurn(TestOperation.start());

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(per);
  }

  @Test
  void a_call_under_way_keeps_its_place_until_it_ends() {
    Budget budget = budgets.join(SALES, CallLimits.parallel(4).withRate(1, Duration.ofMillis(1)));
    SlidingRate.Turn under = budget.awaitTurn(TestOperation.start()).orElseThrow();
    TestOperation waiting = TestOperation.start();
    CompletableFuture<Optional<SlidingRate.Turn>> next =
        inBackground(() -> budget.awaitTurn(waiting));

    TestOperation hasty = TestOperation.within(Duration.ofMillis(30));
    assertThat(failureOf(() -> budget.awaitTurn(hasty)).code())
        .isEqualTo(StandardErrorCode.TIMEOUT);
    assertThat(next).isNotDone();
    under.ended(System.nanoTime());

    assertThat(next.join()).isPresent();
  }

  @Test
  void who_waits_for_a_place_can_be_called_back_and_leaves_it_to_the_next() {
    Budget budget = budgets.join(SALES, CallLimits.parallel(4).withRate(1, Duration.ofMillis(1)));
    SlidingRate.Turn under = budget.awaitTurn(TestOperation.start()).orElseThrow();
    TestOperation cancelled = TestOperation.start();
    CompletableFuture<Optional<SlidingRate.Turn>> first =
        inBackground(() -> budget.awaitTurn(cancelled));
    cancelled.cancel();
    assertThatThrownBy(first::join).hasCauseInstanceOf(ConnectionException.class);

    under.ended(System.nanoTime());

    assertThat(budget.awaitTurn(TestOperation.start())).isPresent();
  }

  @Test
  void a_new_rate_counts_what_was_called_before() {
    Budget budget = budgets.join(SALES, CallLimits.parallel(4).withRate(1, Duration.ofSeconds(50)));
    budget.awaitTurn(TestOperation.start()).orElseThrow().ended(System.nanoTime());

    budgets.join(SALES, CallLimits.parallel(4).withRate(1, Duration.ofSeconds(51)));

    assertThat(failureOf(() -> budget.awaitTurn(TestOperation.start())).code())
        .isEqualTo(StandardErrorCode.TIMEOUT);
  }

  @Test
  void a_budget_that_nobody_has_any_more_is_forgotten() {
    CallLimits limits = CallLimits.parallel(4).withSharedBudget("org-1");
    Budget budget = budgets.join(SALES, limits);
    budgets.join(STOCK, limits);

    budgets.leave(SALES);
    assertThat(budgets.join(STOCK, limits)).isSameAs(budget);
    budgets.leave(STOCK);
    budgets.leave(FOREIGN);

    assertThat(budgets.join(STOCK, limits)).isNotSameAs(budget);
  }

  @Test
  void what_a_source_said_of_its_allowances_is_told_to_the_connections_it_concerns() {
    budgets.join(SALES, CallLimits.parallel(4)).observe(QUOTA);
    Quota later =
        new Quota("daily calls", OptionalLong.of(6), OptionalLong.of(100), Optional.empty());
    budgets.join(SALES, CallLimits.parallel(4)).observe(later);

    assertThat(budgets.quotas(SALES)).containsExactly(later);
    assertThat(budgets.quotas(STOCK)).isEmpty();
    assertThat(budgets.quotas(FOREIGN)).isEmpty();
  }
}

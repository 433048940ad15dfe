package dev.connections.testkit;

import dev.connections.api.AdapterContext;
import dev.connections.api.CallLimits;
import dev.connections.api.EgressPolicy;
import dev.connections.api.Parallel;
import dev.connections.api.Quota;
import dev.connections.api.RemoteCalls;
import dev.connections.api.TokenStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Surroundings of an adapter under test: plain remote calls that are counted, threads, tokens in
 * memory, every address allowed, events recorded. It needs no closing.
 *
 * <p>Safe for any thread.
 */
public final class TestAdapterContext implements AdapterContext {
  private final Clock clock;
  private final EgressPolicy egress;
  private final Parallel parallel = new PlainParallel();
  private final CallCounts counts = new CallCounts();
  private final List<PlainRemoteCalls> calls = new CopyOnWriteArrayList<>();
  private final TokenStore tokens;
  private final RecordedEvents events = new RecordedEvents();

  private TestAdapterContext(Clock clock, EgressPolicy egress) {
    this.clock = clock;
    this.egress = egress;
    this.tokens = new MemoryTokens(clock);
  }

  /** {@return surroundings with the real clock, which allow every address} */
  public static TestAdapterContext create() {
    return new TestAdapterContext(Clock.systemUTC(), new OpenEgress());
  }

  /**
   * {@return new surroundings with another clock; nothing is counted yet}
   *
   * @param other the clock to tell time by
   */
  public TestAdapterContext withClock(Clock other) {
    return new TestAdapterContext(other, egress);
  }

  /**
   * {@return new surroundings that allow other addresses; nothing is counted yet}
   *
   * @param policy which addresses may be dialled
   */
  public TestAdapterContext withEgress(EgressPolicy policy) {
    return new TestAdapterContext(clock, policy);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Parallel parallel() {
    return parallel;
  }

  @Override
  public RemoteCalls calls(CallLimits limits) {
    PlainRemoteCalls made = new PlainRemoteCalls(limits, counts);
    calls.add(made);
    return made;
  }

  @Override
  public TokenStore tokens() {
    return tokens;
  }

  @Override
  public EgressPolicy egress() {
    return egress;
  }

  @Override
  public RecordedEvents events() {
    return events;
  }

  /** {@return how many calls were made, by name; repetitions don't count} */
  public Map<String, Long> callCounts() {
    return counts.calls();
  }

  /**
   * {@return how many calls of a name were made; repetitions don't count}
   *
   * @param name as the adapter named it
   */
  public long calls(String name) {
    return counts.calls().getOrDefault(name, 0L);
  }

  /** {@return how many attempts were made, by name of the call; repetitions count} */
  public Map<String, Long> attemptCounts() {
    return counts.attempts();
  }

  /** {@return how many calls were made, of all names} */
  public long totalCalls() {
    return counts.calls().values().stream().mapToLong(Long::longValue).sum();
  }

  /** {@return what the adapter said of the source's allowances} */
  public List<Quota> quotas() {
    return calls.stream().flatMap(made -> made.quotas().stream()).toList();
  }
}

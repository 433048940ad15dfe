package dev.connections.simulators.internal;

/** What a simulator does with a request. Called from many threads. */
@FunctionalInterface
public interface Service {
  /** Answers a request; {@code underWay} requests are being answered, this one among them. */
  Answer answer(Incoming request, int underWay);
}

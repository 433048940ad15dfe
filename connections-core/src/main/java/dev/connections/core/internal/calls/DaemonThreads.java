package dev.connections.core.internal.calls;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that don't keep the host's process alive. */
final class DaemonThreads implements ThreadFactory {
  private final String name;
  private final AtomicLong count = new AtomicLong();

  private DaemonThreads(String name) {
    this.name = name;
  }

  static DaemonThreads named(String name) {
    return new DaemonThreads("connections-" + name + "-");
  }

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(null, work, name + count.incrementAndGet(), 0, false);
    thread.setDaemon(true);
    // Not the class loader of whoever happened to come first: that would keep a web application
    // alive.
    thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
    return thread;
  }
}

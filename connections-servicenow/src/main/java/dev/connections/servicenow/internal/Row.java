package dev.connections.servicenow.internal;

/** What every record has. */
interface Row {
  /** {@return its key, by which pages are ordered} */
  String id();

  /** {@return when it was changed, in a form that sorts as text} */
  String updated();
}

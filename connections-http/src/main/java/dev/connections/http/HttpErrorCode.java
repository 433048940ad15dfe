package dev.connections.http;

import dev.connections.api.Category;
import dev.connections.api.ErrorCode;

/** The failures that services on the web have beside those of every source. */
public enum HttpErrorCode implements ErrorCode {
  /** The service sends us elsewhere, and we don't go there. */
  REDIRECT_REFUSED(Category.CONFIGURATION),
  /** A web page answers where the service should: a sign-in page, a portal, a proxy. */
  WEB_PAGE(Category.CONFIGURATION),
  /** The proxy doesn't let us through. */
  PROXY_REFUSED(Category.CONFIGURATION),
  /** The service sent a page again, or ignored where we asked it to go on. */
  PAGE_REPEATED(Category.DATA),
  /** The service doesn't understand the request. */
  REQUEST_REFUSED(Category.UNSUPPORTED);

  private final Category category;

  HttpErrorCode(Category category) {
    this.category = category;
  }

  @Override
  public String id() {
    return name();
  }

  @Override
  public Category category() {
    return category;
  }
}

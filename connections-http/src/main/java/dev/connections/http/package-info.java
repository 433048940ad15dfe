/**
 * The toolkit under adapters of services on the web: {@link dev.connections.http.HttpService} makes
 * round trips that dial only checked addresses, follow redirects with care, read no more than a
 * limit and fail with precise codes; beside it OAuth, paging and JSON read as a stream.
 *
 * <p>No type of the client or of the JSON reader beneath shows in it.
 */
@NullMarked
package dev.connections.http;

import org.jspecify.annotations.NullMarked;

package dev.connections.mssql.tds;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What a server is like.
 *
 * @param encryption what it says of encryption
 * @param tls its certificate, where it encrypts
 * @param logins whom it lets in
 * @param answers what it knows
 * @param latency how long each answer takes on its way
 * @param packetSize the largest packet it agrees to
 * @param version what it says it is
 * @param disturbance what happens to what it sends
 * @param greeting what it says instead of a greeting; empty bytes are silence
 * @param deaf whether a client's wish to stop is never heard
 * @param asksForCertificates whether a client must show a certificate
 * @param patience how long it waits for a client to say something; zero for ever
 */
record Endpoint(
    Encryption encryption,
    Optional<SSLContext> tls,
    Logins logins,
    QueryAnswers answers,
    Duration latency,
    int packetSize,
    ServerVersion version,
    Disturbance disturbance,
    Optional<byte[]> greeting,
    boolean deaf,
    boolean asksForCertificates,
    Duration patience) {}

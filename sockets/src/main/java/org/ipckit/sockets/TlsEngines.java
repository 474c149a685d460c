package org.ipckit.sockets;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;

/** Makes the engines of one address, as its options say. */
final class TlsEngines {

    private final Address address;
    private final SSLContext context;
    private final TlsOptions options;
    private final String[] protocols;

    /** @throws InvalidAddressException if this JVM speaks none of the versions of TLS that are asked for */
    TlsEngines(Address address, SSLContext context, TlsOptions options) {
        this.address = address;
        this.context = context;
        this.options = options;
        List<String> possible = Arrays.asList(
                options.protocols().isEmpty()
                        ? context.getDefaultSSLParameters().getProtocols()
                        : context.getSupportedSSLParameters().getProtocols());
        List<String> wanted = options.protocols().isEmpty() ? TlsOptions.PROTOCOLS : options.protocols();
        this.protocols = wanted.stream().filter(possible::contains).toArray(String[]::new);
        if (protocols.length == 0) {
            throw new InvalidAddressException(
                    address + ": the TLS context speaks " + possible + ", asked for is " + wanted);
        }
    }

    SSLEngine ofListener() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(protocols);
        switch (options.clientAuth()) {
            case NONE -> parameters.setNeedClientAuth(false);
            case WANT -> parameters.setWantClientAuth(true);
            case NEED -> parameters.setNeedClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    SSLEngine ofClient() {
        InetSocketAddress where = HostPort.of(address);
        // The host as it is written: that is what a certificate is for, not what a name server makes of it.
        SSLEngine engine = context.createSSLEngine(withoutZone(HostPort.host(address)), where.getPort());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(protocols);
        parameters.setEndpointIdentificationAlgorithm(options.verifyHost() ? "HTTPS" : null);
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** {@code fe80::1%eth0} is {@code fe80::1} in a certificate. */
    private static String withoutZone(String host) {
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }
}

package org.ipckit.sockets;

import java.io.EOFException;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.ipckit.sockets.TlsHandshake.Certificate;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectFailedException;

/** Says why TLS was not established, and which option would help. */
final class TlsRefusal {

    private static final Pattern ALERT = Pattern.compile("fatal alert: (\\w+)");
    private static final Pattern OTHER_HOST =
            Pattern.compile("No subject alternative|No name matching|No name found|Illegal given domain name");

    private TlsRefusal() {}

    /** Throws the failure of a client in words: what we refuse fails to connect, what refuses us denies access. */
    static IOException atClient(Address address, IOException failure, Certificate certificate) {
        String alert = alert(failure);
        // JDK 25 refuses who has none with the alert that TLS 1.2 names for it, which is the one for anything.
        boolean missing = certificate == Certificate.MISSING && alert.equals("handshake_failure");
        if (missing || alert.contains("certificate") || alert.equals("unknown_ca") || alert.equals("access_denied")) {
            throw new AccessDeniedException(
                    "connect to " + address
                            + (certificate == Certificate.SHOWN
                                    ? ": the listener does not accept this side's certificate (" + alert
                                            + "); its trust-store= has to hold it or who has signed it"
                                    : ": the listener wants a client certificate (" + alert
                                            + "); key-store=FILE names it"),
                    failure);
        }
        throw new ConnectFailedException("connect to " + address + ": " + whyClient(address, failure, alert), failure);
    }

    private static String whyClient(Address address, IOException failure, String alert) {
        if (failure instanceof EOFException) {
            return "the listener ended the connection in the middle of the TLS handshake; does it speak tls?";
        }
        if (failure instanceof NotTlsException) {
            return "the listener does not speak TLS (" + failure.getMessage() + "); is it a tcp:// one?";
        }
        Optional<String> certificate = certificate(failure);
        if (certificate.isPresent()) {
            String why = certificate.get();
            if (OTHER_HOST.matcher(why).find()) {
                return "the listener's certificate is not valid for the host " + HostPort.host(address) + ": " + why
                        + "; connect by a name that is in it, make one with this name"
                        + " (keytool -ext san=dns:NAME,ip:ADDRESS), or do without the check: verify-host=false";
            }
            return "the listener's certificate " + why
                    + (isDated(failure) ? "" : "; trust-store=FILE names the file that holds it or who has signed it");
        }
        return generally(failure, alert, "the listener");
    }

    /** Returns the failure of a listener in words, for its log. */
    static IOException atListener(IOException failure) {
        String alert = alert(failure);
        String why;
        if (failure instanceof EOFException) {
            why = "it went in the middle of the TLS handshake";
        } else if (failure instanceof NotTlsException) {
            why = failure.getMessage();
        } else if (alert.contains("certificate") || alert.equals("unknown_ca")) {
            why = "it does not accept the certificate of key-store= (" + alert + ")";
        } else {
            why = certificate(failure)
                    .map(text -> "its certificate " + text)
                    .orElseGet(() -> generally(failure, alert, "it"));
        }
        return new IOException(why, failure);
    }

    private static String generally(IOException failure, String alert, String peer) {
        if (alert.isEmpty()) {
            return "the TLS handshake failed: " + failure.getMessage();
        }
        return switch (alert) {
            case "protocol_version" -> peer + " speaks no version of TLS that is spoken here (protocols=)";
            case "handshake_failure" ->
                peer + " finds nothing in common (handshake_failure): ciphers, kinds of key,"
                        + " or a certificate that is missing";
            default -> peer + " refuses TLS: " + alert;
        };
    }

    /** Returns the name of the alert that the peer has sent, empty if it was not the peer that failed. */
    private static String alert(IOException failure) {
        if (failure instanceof SSLException && failure.getMessage() != null) {
            Matcher alert = ALERT.matcher(failure.getMessage());
            return alert.find() ? alert.group(1) : "";
        }
        return "";
    }

    /** Returns what is wrong with the peer's certificate, if that is what has failed. */
    private static Optional<String> certificate(Throwable failure) {
        Optional<String> why = Optional.empty();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return Optional.of("is not valid now: " + cause.getMessage());
            }
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                why = Optional.of("is not trusted: " + cause.getMessage());
            } else if (cause instanceof CertificateException && why.isEmpty()) {
                why = Optional.of("is not accepted: " + cause.getMessage());
            }
        }
        return why;
    }

    private static boolean isDated(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return true;
            }
        }
        return false;
    }
}

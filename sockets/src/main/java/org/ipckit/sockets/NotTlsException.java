package org.ipckit.sockets;

import java.io.Serial;
import javax.net.ssl.SSLException;

/** What came is not TLS at all. */
final class NotTlsException extends SSLException {

    @Serial
    private static final long serialVersionUID = 1;

    NotTlsException(String message) {
        super(message);
    }
}

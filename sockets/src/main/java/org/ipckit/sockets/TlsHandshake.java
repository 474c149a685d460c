package org.ipckit.sockets;

import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.Handshake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Establishes TLS on a stream. One thread carries it on. */
final class TlsHandshake implements Handshake {

    /** What the peer knows of this side's certificate. */
    enum Certificate {
        NOT_ASKED,
        /** It was asked for, and there is none. */
        MISSING,
        SHOWN
    }

    /** Says in words what a failure means and what to do about it. */
    @FunctionalInterface
    interface Explanation {
        /** Returns the failure in words; throws it instead if it is one that names an operation. */
        IOException of(IOException failure, Certificate certificate);
    }

    private static final Logger LOG = LoggerFactory.getLogger(TlsHandshake.class);

    /** Long enough for an answer over any network; who sends none is taken for content. */
    private static final Duration FIRST_WORD = Duration.ofSeconds(1);

    private final SSLEngine engine;
    private final TlsInput input;
    private final TlsOutput output;
    private final Explanation explanation;
    private boolean begun;
    private boolean wantsToWrite;
    private Certificate certificate = Certificate.NOT_ASKED;
    private Deadline firstWord;

    TlsHandshake(SSLEngine engine, TlsInput input, TlsOutput output, Explanation explanation) {
        this.engine = engine;
        this.input = input;
        this.output = output;
        this.explanation = explanation;
    }

    @Override
    public boolean wantsToWrite() {
        return wantsToWrite;
    }

    @Override
    public boolean advance() throws IOException {
        try {
            return established() && welcome();
        } catch (IOException failed) {
            throw explanation.of(reason(failed), certificate);
        } catch (RuntimeException broken) {
            // A stranger's bytes must not be able to stop who listens, whatever a security provider makes of them.
            throw explanation.of(new SSLException("TLS fails: " + broken, broken), certificate);
        }
    }

    private boolean established() throws IOException {
        if (!begun) {
            begun = true;
            engine.beginHandshake();
        }
        while (true) {
            wantsToWrite = !output.flush();
            if (wantsToWrite) {
                return false;
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> input.runTasks();
                case NEED_WRAP -> {
                    output.speak();
                    noteCertificate();
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!input.listen()) {
                        return false;
                    }
                }
                case NOT_HANDSHAKING, FINISHED -> {
                    return true;
                }
            }
        }
    }

    private void noteCertificate() {
        SSLSession session = engine.getHandshakeSession();
        if ((session != null && session.getLocalCertificates() != null)
                || engine.getSession().getLocalCertificates() != null) {
            certificate = Certificate.SHOWN;
        } else if (session instanceof ExtendedSSLSession asked
                && asked.getPeerSupportedSignatureAlgorithms().length > 0) {
            // At a client these are what a request for its certificate has named.
            certificate = Certificate.MISSING;
        }
    }

    /**
     * In TLS 1.3 a client is through before the listener has looked at its certificate. What the listener says next,
     * session tickets or that it refuses, tells; and tickets that came only after this side has closed would make the
     * kernel reset the connection and drop what it has not delivered.
     */
    private boolean welcome() throws IOException {
        if (!engine.getUseClientMode() || !"TLSv1.3".equals(engine.getSession().getProtocol())) {
            return true;
        }
        if (firstWord == null) {
            firstWord = Deadline.after(FIRST_WORD);
        }
        return input.heard() || firstWord.expired();
    }

    /** Tells the peer why, and asks it why it does not listen any more. */
    private IOException reason(IOException failed) {
        if (failed instanceof SSLException) {
            try {
                output.sayGoodbye();
            } catch (IOException gone) {
                LOG.debug("telling the peer why TLS has failed", gone);
            }
            return failed;
        }
        try {
            while (input.listen()) {
                input.runTasks();
            }
        } catch (SSLException said) {
            return said;
        } catch (IOException nothingMore) {
            LOG.debug("looking for the peer's reason", nothingMore);
        }
        return failed;
    }
}

package org.ipckit.sockets;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.MechanismException;

/** Makes the context of TLS, keys and trust, of the files that an address names. */
final class TlsContexts {

    private TlsContexts() {}

    /**
     * Returns the context of a listener.
     *
     * @throws InvalidAddressException if there is no key store, or clients are asked who they are and nothing says whom
     *     to believe
     */
    static SSLContext ofListener(Address address, TlsOptions options) {
        if (options.keyStore().isEmpty()) {
            throw new InvalidAddressException("listen on " + address
                    + ": a tls listener shows a certificate; key-store=FILE names the file of its key (PKCS12 or JKS,"
                    + " keytool -genkeypair makes one), key-store-password-file=FILE that of the password");
        }
        if (options.clientAuth() != TlsOptions.ClientAuth.NONE
                && options.trustStore().isEmpty()) {
            // The default would let in everybody to whom any public authority has given a certificate.
            throw new InvalidAddressException("listen on " + address
                    + ": client-auth needs to know whose certificates are good; trust-store=FILE names them");
        }
        return context(address, options);
    }

    /** Returns the context of a client. Without a trust store it trusts whom the JVM trusts. */
    static SSLContext ofClient(Address address, TlsOptions options) {
        return context(address, options);
    }

    private static SSLContext context(Address address, TlsOptions options) {
        KeyManager[] keys = options.keyStore().map(TlsContexts::keys).orElse(null);
        TrustManager[] trust = options.trustStore().map(TlsContexts::trust).orElse(null);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException refused) {
            throw new MechanismException(
                    address + ": this JVM does not offer TLS with these keys: " + refused.getMessage(), refused);
        }
    }

    private static KeyManager[] keys(StoreFile file) {
        KeyStore store = file.secret().load();
        try {
            if (!hasKey(store)) {
                throw file.lacks("no private key", null);
            }
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, Optional.ofNullable(file.password()).orElseGet(() -> new char[0]));
            return factory.getKeyManagers();
        } catch (UnrecoverableKeyException otherPassword) {
            throw file.wrongPassword(otherPassword);
        } catch (GeneralSecurityException refused) {
            throw file.lacks("a key that cannot be used: " + refused.getMessage(), refused);
        }
    }

    private static boolean hasKey(KeyStore store) throws KeyStoreException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return true;
            }
        }
        return false;
    }

    private static TrustManager[] trust(StoreFile file) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(file.load());
            TrustManager[] managers = factory.getTrustManagers();
            for (TrustManager manager : managers) {
                if (manager instanceof X509TrustManager x509 && x509.getAcceptedIssuers().length > 0) {
                    return managers;
                }
            }
            throw file.lacks("no certificate to trust", null);
        } catch (GeneralSecurityException refused) {
            throw file.lacks("certificates that cannot be used: " + refused.getMessage(), refused);
        }
    }
}

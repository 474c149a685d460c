package org.ipckit.pipes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.spi.Acceptor;
import org.ipckit.transport.spi.AddressOwnership;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.Newcomer;
import org.ipckit.transport.spi.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads requests from the listener's FIFO and opens the pairs they name. Whoever may write to the FIFO may write
 * anything: what is not a request, or names no pair of this user's in the private folder, is passed over.
 */
final class PipeAcceptor implements Acceptor {

    private static final Logger LOG = LoggerFactory.getLogger(PipeAcceptor.class);

    /** So that a flood of what is not a request does not keep the handshakes of others waiting. */
    private static final int MOST_READS = 1000;

    /** A client waits five seconds for its answer and then makes another pair; older ones have been left. */
    private static final Duration LEFT_AFTER = Duration.ofMinutes(1);

    private final PipeAddress address;
    private final AddressOwnership ownership;
    private final PairFolder pairs;
    private final FifoEnd requests;
    private final FifoEnd keptOpen;

    /**
     * Never holds a whole request when {@code accept} returns: nothing would say that there is one more.
     */
    private final ByteBuffer request = ByteBuffer.allocateDirect(Token.REQUEST_BYTES);

    private Deadline tidied = Deadline.after(LEFT_AFTER);
    private boolean complained;

    private PipeAcceptor(
            PipeAddress address, AddressOwnership ownership, PairFolder pairs, FifoEnd requests, FifoEnd keptOpen) {
        this.address = address;
        this.ownership = ownership;
        this.pairs = pairs;
        this.requests = requests;
        this.keptOpen = keptOpen;
    }

    /** Opens the address, which this process owns. */
    static PipeAcceptor open(PipeAddress address, AddressOwnership ownership) throws IOException {
        PairFolder pairs = address.pairs();
        FifoEnd requests = null;
        boolean open = false;
        address.removeLeftover(ownership);
        pairs.create();
        try {
            address.create(ownership, pairs.unnamed());
            requests = address.openToListen();
            // A FIFO without a writer is at its end and would keep the listener awake when the last client has left.
            FifoEnd keptOpen = FifoEnd.toWrite(address.file(), FifoEnd.Links.REFUSED);
            open = true;
            return new PipeAcceptor(address, ownership, pairs, requests, keptOpen);
        } finally {
            if (!open) {
                if (requests != null) {
                    requests.close();
                }
                ownership.removeMade();
                pairs.delete();
            }
        }
    }

    @Override
    public SelectableChannel channel() {
        return requests.channel();
    }

    @Override
    public Newcomer accept() throws IOException {
        tidy();
        for (int reads = 0; reads < MOST_READS; reads++) {
            if (requests.read(request) <= 0) {
                return null;
            }
            Token token = request.hasRemaining() ? null : requested();
            Newcomer newcomer = token == null ? null : open(token);
            if (newcomer != null) {
                return newcomer;
            }
        }
        return null;
    }

    /** Takes the request out of the full buffer; what is none goes, up to where the next one may begin. */
    private Token requested() {
        Token token = Token.ofRequest(request.flip());
        request.clear();
        if (token == null) {
            complain();
            int next = 1;
            while (next < request.limit() && request.get(next) != '\n') {
                next++;
            }
            request.position(next).compact();
        }
        return token;
    }

    private void complain() {
        if (!complained) {
            complained = true;
            LOG.warn(
                    "listen on {}: something that is no request was written to {}; from now on it is passed over in"
                            + " silence",
                    address.address(),
                    address.file());
        }
    }

    /** Returns null if there is nobody behind the request any more, or it is not ours to answer. */
    private Newcomer open(Token token) throws IOException {
        FifoPair pair = pairs.pair(token);
        FifoEnd in = null;
        FifoEnd out = null;
        boolean taken = false;
        try {
            in = ours(FifoEnd.toRead(pair.toListener(), FifoEnd.Links.REFUSED));
            out = ours(FifoEnd.toWrite(pair.toClient(), FifoEnd.Links.REFUSED));
            address.size().applyTo(address.address(), in);
            address.size().applyTo(address.address(), out);
            Newcomer newcomer = new Newcomer(new PipeStream(in, out, pair), PipeGreeting.ofListener(in, out, pair));
            taken = true;
            return newcomer;
        } catch (NoReaderException died) {
            pair.unlink();
            return null;
        } catch (NoSuchFileException gaveUp) {
            return null;
        } catch (NotAFifoException | java.nio.file.AccessDeniedException notOurs) {
            LOG.warn("listen on {}: a request is passed over: {}", address.address(), notOurs.getMessage());
            return null;
        } finally {
            if (!taken) {
                close(in, out);
            }
        }
    }

    private static FifoEnd ours(FifoEnd end) throws IOException {
        if (end.owner() != PrivateFiles.uid()) {
            end.close();
            throw new java.nio.file.AccessDeniedException(
                    end.toString(), null, "belongs to the user with number " + end.owner());
        }
        return end;
    }

    private void tidy() throws IOException {
        if (tidied.expired()) {
            tidied = Deadline.after(LEFT_AFTER);
            pairs.removePairsOlderThan(LEFT_AFTER);
        }
    }

    @Override
    public void close() throws IOException {
        // First the name, so that nobody new comes; last the ownership, so that nobody else has begun in its place.
        try (ownership;
                requests;
                keptOpen) {
            ownership.removeMade();
            pairs.delete();
        } catch (RuntimeException refused) {
            throw new MechanismException("close of " + address.address() + ": " + refused.getMessage(), refused);
        }
    }

    private static void close(FifoEnd... ends) throws IOException {
        for (FifoEnd end : ends) {
            if (end != null) {
                end.close();
            }
        }
    }
}

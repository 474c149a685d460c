package org.ipckit.conformance.broken;

import org.ipckit.testkit.Rule;
import org.ipckit.transport.Transport;

/** For every rule a transport that breaks it, in a way one has seen, and keeps all others. */
final class BrokenTransports {

    private BrokenTransports() {}

    static Transport of(Rule rule) {
        return switch (rule) {
            case LIFETIME -> new BrokenTransport(BrokenReceiving.ReusesMessages::new);
            case EMPTY -> new BrokenTransport(BrokenSending.PadsEmptyMessages::new);
            case SIZE -> new BrokenTransport(BrokenSending.RefusesTheLargest::new);
            case ORDER -> new BrokenTransport(BrokenSending.Overtakes::new);
            case TIMEOUT -> new BrokenTransport(BrokenReceiving.ReturnsTooSoon::new);
            case INTERRUPT -> new BrokenTransport(BrokenReceiving.ForgetsTheFlag::new);
            case CLOSE -> new BrokenTransport(BrokenReceiving.PollsWhenClosed::new);
            case LAST_WORDS -> new BrokenTransport(BrokenSending.ForgetsItsBatch::new);
            case DEBRIS -> new BrokenListening.LeavesAFile();
            case CRASH -> new BrokenTransport(BrokenPresence.WaitsForTheDead::new);
            case PAUSE -> new BrokenTransport(BrokenPresence.BuriesTheSleeping::new);
            case STRANGERS -> new BrokenListening.ClosesAfterAStranger();
            case VIRTUAL -> new BrokenTransport(BrokenReceiving.HoldsItsCarrier::new);
            case INTEGRITY -> new BrokenTransport(BrokenSending.SpoilsAnEdge::new);
            case OFFER -> new BrokenTransport(BrokenSending.ConsumesTheBuffer::new);
            case CLAIM -> new BrokenTransport(BrokenSending.CommitsWhatWasClaimed::new);
            case POLL -> new BrokenTransport(BrokenReceiving.IgnoresTheLimit::new);
            case CONNECT -> new BrokenListening.TriesOnce();
            case DUPLEX -> new BrokenTransport(BrokenReceiving.SendsOnlyBetweenReceives::new);
            case CAPABILITIES -> new BrokenListening.SwallowsUnknownOptions();
        };
    }
}

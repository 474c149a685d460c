package org.ipckit.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.ipckit.benchmarks.Quantity.Better;

/**
 * The result of one measurement in one round.
 *
 * @param messages round trips, messages one way, or connections; of a fan-out all that arrived, at whichever subscriber
 * @param cpuNanosPerMessage user and system time of all processes together; in an open loop with what the near end spends
 *     on waiting for the next time to send
 * @param allocatedBytesPerMessage by the two measuring threads together; null where it is not known
 * @param latency null one way
 * @param more what only this measurement tells; null if nothing
 * @param distance how far apart the processors were; null where it is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Figure(
        Measurement measurement,
        long messages,
        long elapsedNanos,
        double messagesPerSecond,
        double cpuNanosPerMessage,
        Double allocatedBytesPerMessage,
        Latency latency,
        List<Quantity> more,
        Distance distance) {

    /** Makes one of a measurement that tells nothing else. */
    public Figure(
            Measurement measurement,
            long messages,
            long elapsedNanos,
            double messagesPerSecond,
            double cpuNanosPerMessage,
            Double allocatedBytesPerMessage,
            Latency latency) {
        this(
                measurement,
                messages,
                elapsedNanos,
                messagesPerSecond,
                cpuNanosPerMessage,
                allocatedBytesPerMessage,
                latency,
                null,
                null);
    }

    /** Returns the same with how far apart the processors were; null if that is not known. */
    public Figure at(Distance apart) {
        return new Figure(
                measurement,
                messages,
                elapsedNanos,
                messagesPerSecond,
                cpuNanosPerMessage,
                allocatedBytesPerMessage,
                latency,
                more,
                apart);
    }

    /** Puts together what the two ends counted; in one process the CPU time of both is the same. */
    static Figure of(Measurement measurement, Tally near, Tally far, boolean oneProcess) {
        double messages = near.messages();
        // Of round trips more than were timed, see NearEnd; none at a far end that has nothing to do.
        double answered = far.messages() == 0 ? Double.POSITIVE_INFINITY : far.messages();
        boolean allocationKnown = near.allocatedBytes() >= 0 && far.allocatedBytes() >= 0;
        return new Figure(
                measurement,
                near.messages(),
                near.elapsedNanos(),
                messages * 1e9 / near.elapsedNanos(),
                near.cpuNanos() / messages + (oneProcess ? 0 : far.cpuNanos() / answered),
                allocationKnown ? near.allocatedBytes() / messages + far.allocatedBytes() / answered : null,
                near.latency(),
                near.more(),
                null);
    }

    /** Puts together what two ends used while each waited for the other. */
    static Figure ofIdle(Tally near, Tally far) {
        double millisPerSecond =
                1e3 * near.cpuNanos() / near.elapsedNanos() + 1e3 * far.cpuNanos() / far.elapsedNanos();
        return new Figure(
                Measurement.IDLE,
                0,
                near.elapsedNanos() + far.elapsedNanos(),
                0,
                0,
                null,
                null,
                List.of(new Quantity("idleCpu", "ms/s", Better.LESS, millisPerSecond)),
                null);
    }

    /** Puts together what a publisher and its subscribers counted; each of these has a time of its own. */
    static Figure ofFanOut(Tally publisher, List<Tally> subscribers) {
        long delivered = 0;
        double perSecond = 0;
        double cpuNanos = publisher.cpuNanos();
        long allocated = publisher.allocatedBytes();
        for (Tally each : subscribers) {
            delivered += each.messages();
            perSecond += each.messages() * 1e9 / Math.max(1, each.elapsedNanos());
            cpuNanos += each.cpuNanos();
            allocated = allocated < 0 || each.allocatedBytes() < 0 ? -1 : allocated + each.allocatedBytes();
        }
        long lost = publisher.messages() * subscribers.size() - delivered;
        List<Quantity> more = new ArrayList<>();
        more.add(new Quantity("subscribers", "1", Better.NEITHER, subscribers.size()));
        more.add(new Quantity("published", "1/s", Better.MORE, publisher.messages() * 1e9 / publisher.elapsedNanos()));
        more.add(new Quantity("lost", "messages", Better.LESS, lost));
        return new Figure(
                Measurement.FAN_OUT,
                delivered,
                publisher.elapsedNanos(),
                perSecond,
                cpuNanos / Math.max(1, delivered),
                allocated < 0 ? null : (double) allocated / Math.max(1, delivered),
                null,
                more,
                null);
    }
}

package org.ipckit.cli.choose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ipckit.benchmarks.report.MeasuredCosts.Cost;
import org.ipckit.transport.Address;
import org.ipckit.transport.BroadcastTransport;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Capabilities.Delivery;
import org.ipckit.transport.Capabilities.Reach;
import org.ipckit.transport.Capabilities.Retention;
import org.ipckit.transport.Mechanism;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;
import org.ipckit.transport.Transport;

/** Holds one mechanism at one address against what is needed. It knows no scheme, only what mechanisms say of themselves. */
final class Judgement {

    private final Needs needs;
    private final Mechanism mechanism;
    private final Address address;
    private final Capabilities promised;
    private final Traits traits;
    private final Optional<Cost> cost;
    private final List<String> refusals = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    Judgement(Needs needs, Mechanism mechanism, Address address, Optional<Cost> cost) {
        this.needs = needs;
        this.mechanism = mechanism;
        this.address = address;
        this.promised = mechanism.capabilities(address);
        this.traits = mechanism.traits();
        this.cost = cost;
    }

    Candidate candidate() {
        availability();
        kind();
        size();
        reach();
        delivery();
        retention();
        system();
        trust();
        languages();
        rate();
        reasons.addAll(traits.pros());
        service();
        remarks.addAll(traits.cons());
        return new Candidate(
                mechanism.scheme(), address.toUri(), traits.mechanism(), refusals, reasons, remarks, cost.orElse(null));
    }

    private void availability() {
        if (!mechanism.availability().available()) {
            refusals.add("does not work here: " + mechanism.availability().reason());
        } else if (mechanism.availability().degraded()) {
            remarks.add(
                    "works here with a restriction: " + mechanism.availability().reason());
        }
    }

    private void kind() {
        if (needs.topic() && !(mechanism instanceof BroadcastTransport)) {
            refusals.add("a message has one receiver");
        } else if (!needs.topic() && !(mechanism instanceof Transport)) {
            refusals.add("has topics only (" + Question.TOPIC.option() + ")");
        }
    }

    private void size() {
        if (promised.maxMessageSize() < needs.sizeBytes()) {
            refusals.add("carries at most " + promised.maxMessageSize() + " bytes in a message");
        }
    }

    private void reach() {
        if (promised.reach().compareTo(needs.reach()) < 0) {
            refusals.add(
                    promised.reach() == Reach.PROCESS
                            ? "both sides have to be in one process"
                            : "both sides have to be on one machine");
        } else if (needs.reach() == Reach.NETWORK) {
            reasons.add("reaches across the network; put the other host in the place of 127.0.0.1");
        }
    }

    private void delivery() {
        if (promised.delivery() == Delivery.AT_MOST_ONCE && !needs.mayLose()) {
            refusals.add("loses messages when the receiver does not keep up (" + Question.LOSS.option() + ")");
        }
        if (promised.delivery() == Delivery.AT_LEAST_ONCE) {
            remarks.add("after a failure a message may come again");
        }
    }

    private void retention() {
        if (!needs.survive()) {
            return;
        }
        if (promised.retention() == Retention.NONE) {
            refusals.add("messages end with the connection");
        } else {
            reasons.add("messages stay until they are read");
        }
    }

    private void system() {
        if (needs.anySystem()) {
            judge(traits.crossPlatform(), "works on every common system", "does not work on every common system");
        }
    }

    private void judge(Trait trait, String good, String bad) {
        (trait.holds() ? reasons : refusals).add(withNote(trait.holds() ? good : bad, trait));
    }

    private void trust() {
        if (needs.encrypted() && !promised.encrypted()) {
            refusals.add("is not encrypted");
        } else {
            reasons.add("who gets in: " + traits.accessControl());
        }
    }

    private void languages() {
        if (needs.languages().isEmpty()) {
            return;
        }
        String all = String.join(", ", needs.languages());
        if (promised.reach() == Reach.PROCESS) {
            refusals.add("only Java in this process takes part, not " + all);
        } else if (traits.easy().holds()) {
            reasons.add(withNote("easy to write in " + all + ": " + traits.dataFormat(), traits.easy()));
        } else {
            remarks.add(withNote("takes work in " + all + ": " + traits.dataFormat(), traits.easy()));
        }
    }

    private void rate() {
        if (needs.rate() == 0) {
            return;
        }
        if (cost.isEmpty()) {
            remarks.add("whether it reaches the rate is not measured");
        } else if (!reachesRate()) {
            refusals.add("is measured at " + number(cost.get().messagesPerSecond()) + " messages a second");
        } else {
            reasons.add("is measured at " + number(cost.get().messagesPerSecond() / needs.rate()) + " times the rate");
        }
    }

    private boolean reachesRate() {
        return cost.orElseThrow().messagesPerSecond() >= needs.rate();
    }

    private void service() {
        if (traits.needsService().holds()) {
            remarks.add(withNote("needs a service", traits.needsService()));
        }
    }

    /** Returns true if the other languages would have to do what is not easy there. */
    boolean laborious() {
        return !needs.languages().isEmpty() && !traits.easy().holds();
    }

    /** Weighs what it asks for, and what it promises beyond what is needed: the lower the simpler. */
    int burden() {
        int burden = 0;
        for (boolean heavier : new boolean[] {
            !mechanism.availability().reason().isEmpty(),
            traits.needsService().holds(),
            !needs.survive() && promised.retention() != Retention.NONE,
            promised.reach().compareTo(needs.reach()) > 0,
            !needs.encrypted() && promised.encrypted(),
            promised.inPlaceSize() == 0,
            !traits.easy().holds(),
            !traits.crossPlatform().holds()
        }) {
            burden = 2 * burden + (heavier ? 1 : 0);
        }
        return burden;
    }

    private static String withNote(String text, Trait trait) {
        return trait.note().isEmpty() ? text : text + " (" + trait.note() + ")";
    }

    static String number(double value) {
        return value >= 1e6
                ? String.format(Locale.ROOT, "%.3g M", value / 1e6)
                : value >= 1e4
                        ? String.format(Locale.ROOT, "%.3g k", value / 1e3)
                        : String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.3g", value);
    }
}

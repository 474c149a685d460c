package org.ipckit.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.TransportRegistry;

/**
 * Which rows run, in which order. Rows with the same limit stand together and take turns in each round, so that what is
 * compared was measured within the same second or two.
 */
final class Plan {

    /** Rows of the program in C that are always worth seeing, when nothing else was asked for. */
    private static final List<String> GENERAL_LIMITS = List.of("cache-line");

    private static final List<String> ALL_LIMITS =
            List.of("cache-line", "record", "futex", "spin-futex", "fifo", "uds", "tcp", "signal", "file-lock");

    private static final Duration JVM_START = Duration.ofMillis(700);

    private final BenchmarkSettings settings;
    private final Processors processors;
    private final List<Contender> contenders;
    private final Set<String> limits;

    private Plan(BenchmarkSettings settings, Processors processors, List<Contender> contenders, Set<String> limits) {
        this.settings = settings;
        this.processors = processors;
        this.contenders = contenders;
        this.limits = limits;
    }

    /**
     * Chooses the rows.
     *
     * @throws IllegalArgumentException if a name is not that of a row
     */
    static Plan of(BenchmarkSettings settings, TransportRegistry registry, Processors processors) {
        Contenders known = new Contenders(registry, settings.sizeBytes(), Peers.all(settings.home()));
        Map<String, Contender> chosen = new LinkedHashMap<>();
        Set<String> limits = new LinkedHashSet<>();
        for (String name : settings.only()) {
            if (name.startsWith(Row.LIMIT_PREFIX) && ALL_LIMITS.contains(name.substring(Row.LIMIT_PREFIX.length()))) {
                limits.add(name.substring(Row.LIMIT_PREFIX.length()));
            } else {
                chosen.put(name, find(known, name));
                known.variants(name).forEach(variant -> chosen.putIfAbsent(variant.name(), variant));
            }
        }
        for (Contender contender : known.all()) {
            if (wanted(settings, contender)) {
                chosen.putIfAbsent(contender.name(), contender);
            }
        }
        if (settings.limits()) {
            chosen.values().forEach(contender -> contender.limit().ifPresent(limits::add));
            if (settings.only().isEmpty()) {
                limits.addAll(GENERAL_LIMITS);
            }
            if (settings.include().contains("limits")) {
                limits.addAll(ALL_LIMITS);
            }
        }
        return new Plan(settings, processors, grouped(chosen.values()), limits);
    }

    private static boolean wanted(BenchmarkSettings settings, Contender contender) {
        return switch (contender.group()) {
            case TRANSPORT -> settings.only().isEmpty();
            case RAW -> settings.include().contains("raw");
            case PEER -> settings.include().contains("peers");
            case LIMIT -> false;
        };
    }

    private static Contender find(Contenders known, String name) {
        Optional<Contender> found;
        try {
            found = known.find(name);
        } catch (InvalidAddressException unknownOption) {
            throw new IllegalArgumentException("--only " + name + ": " + unknownOption.getMessage(), unknownOption);
        }
        return found.orElseThrow(() -> {
            Set<String> names = new TreeSet<>();
            known.all().forEach(contender -> names.add(contender.name()));
            ALL_LIMITS.forEach(mechanism -> names.add(Row.LIMIT_PREFIX + mechanism));
            return new IllegalArgumentException(
                    "--only " + name + ": there is no such row; there are: " + String.join(", ", names));
        });
    }

    private static List<Contender> grouped(Iterable<Contender> contenders) {
        Map<String, List<Contender>> groups = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            groups.computeIfAbsent(contender.limit().orElse(contender.name()), key -> new ArrayList<>())
                    .add(contender);
        }
        List<Contender> all = new ArrayList<>();
        groups.values().forEach(all::addAll);
        return all;
    }

    /** Returns why a row is not even tried; empty for those that are. */
    Optional<String> unavailable(Row row) {
        return contenders.stream()
                .filter(contender -> contender.name().equals(row.name()))
                .findFirst()
                .flatMap(Contender::unavailable);
    }

    /** Returns all rows, in the order of the table and of each round. */
    List<Row> rows() {
        return participants().stream().map(Participant::row).toList();
    }

    /** Makes what runs for each row; nothing is started yet. */
    List<Participant> participants() {
        List<Participant> all = new ArrayList<>();
        Callable<LimitsProgram> program = preparation();
        Set<String> left = new LinkedHashSet<>(limits);
        for (int i = 0; i < contenders.size(); i++) {
            Contender contender = contenders.get(i);
            all.add(new JvmPair(Row.of(contender), contender, settings.sizeBytes(), settings.warmUp(), processors));
            Optional<String> limit = contender.limit();
            boolean lastOfGroup =
                    i + 1 == contenders.size() || !contenders.get(i + 1).limit().equals(limit);
            if (limit.isPresent() && lastOfGroup && left.remove(limit.get())) {
                all.add(limitRun(limit.get(), program));
            }
        }
        left.forEach(mechanism -> all.add(limitRun(mechanism, program)));
        return all;
    }

    private Participant limitRun(String mechanism, Callable<LimitsProgram> program) {
        return new LimitRun(Row.ofLimit(mechanism), settings.sizeBytes(), processors, program);
    }

    private Callable<LimitsProgram> preparation() {
        return new Callable<>() {
            private LimitsProgram prepared;

            @Override
            public LimitsProgram call() throws RowFailedException, InterruptedException {
                if (prepared == null) {
                    Path module = settings.home()
                            .orElseThrow(() -> new RowFailedException(
                                    "the sources of the C program are only in a checkout, and this is none"))
                            .resolve("benchmarks");
                    prepared = LimitsProgram.prepare(module.resolve("src/main/c"), module.resolve("target/limits"));
                }
                return prepared;
            }
        };
    }

    /** Returns about how long it will take. */
    Duration estimate() {
        Duration all = Duration.ZERO;
        for (Contender contender : contenders) {
            if (contender.unavailable().isEmpty()) {
                int measurements = contender.batches() ? 3 : 2;
                Duration round = settings.perMeasurement()
                        .plus(JvmPair.REHEARSAL)
                        .multipliedBy(measurements)
                        .plus(settings.perMeasurement().dividedBy(4));
                all = all.plus(JVM_START)
                        .plus(settings.warmUp().multipliedBy(measurements))
                        .plus(round.multipliedBy(settings.rounds()));
            }
        }
        for (String mechanism : limits) {
            int measurements = GENERAL_LIMITS.contains(mechanism) ? 1 : 3;
            all = all.plus(settings.perMeasurement()
                    .plus(LimitRun.WARM_UP)
                    .multipliedBy((long) settings.rounds() * measurements));
        }
        return all.plus(Noise.WINDOW.multipliedBy(settings.rounds()));
    }
}

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
import org.ipckit.benchmarks.BenchmarkSettings.Selection;
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

    private final BenchmarkSettings settings;
    private final Processors processors;
    private final List<List<PlannedRow>> sections;

    private Plan(BenchmarkSettings settings, Processors processors, List<List<PlannedRow>> sections) {
        this.settings = settings;
        this.processors = processors;
        this.sections = sections;
    }

    /**
     * Chooses the rows.
     *
     * @throws IllegalArgumentException if a name is not that of a row
     */
    static Plan of(BenchmarkSettings settings, TransportRegistry registry, Processors processors) {
        Selection selection = settings.selection();
        List<List<PlannedRow>> sections = new ArrayList<>();
        for (int place = 0; place < selection.sizes().size(); place++) {
            int size = selection.sizes().get(place);
            Contenders known = new Contenders(registry, size, Peers.all(settings.home()));
            sections.addAll(Sections.of(new OneSize(settings, known, size, place).groups()));
        }
        return new Plan(settings, processors, sections);
    }

    /** The rows of one size. */
    private record OneSize(BenchmarkSettings settings, Contenders known, int sizeBytes, int place) {

        /** Returns the rows, those together that are compared with each other. */
        List<List<PlannedRow>> groups() {
            Selection selection = settings.selection();
            Set<String> limits = new LinkedHashSet<>();
            Map<String, Contender> chosen = new LinkedHashMap<>();
            for (String name : selection.only()) {
                if (name.startsWith(Row.LIMIT_PREFIX)
                        && ALL_LIMITS.contains(name.substring(Row.LIMIT_PREFIX.length()))) {
                    limits.add(name.substring(Row.LIMIT_PREFIX.length()));
                } else {
                    add(chosen, find(name));
                    known.variants(name).forEach(variant -> chosen.putIfAbsent(variant.name(), variant));
                }
            }
            for (Contender contender : known.all()) {
                if (wanted(contender)) {
                    add(chosen, contender);
                }
            }
            if (selection.limits()) {
                chosen.values().forEach(contender -> contender.limit().ifPresent(limits::add));
                if (selection.include().contains("limits")) {
                    limits.addAll(ALL_LIMITS);
                }
                limits.removeIf(mechanism -> !LimitRun.carries(mechanism, sizeBytes));
                if (place == 0
                        && (selection.only().isEmpty() || selection.include().contains("limits"))) {
                    limits.addAll(GENERAL_LIMITS);
                }
            }
            return grouped(chosen.values(), limits);
        }

        private void add(Map<String, Contender> chosen, Contender contender) {
            chosen.putIfAbsent(contender.name(), contender);
            if (settings.selection().waits()) {
                known.waits(contender.name()).forEach(variant -> chosen.putIfAbsent(variant.name(), variant));
            }
        }

        private boolean wanted(Contender contender) {
            Set<String> include = settings.selection().include();
            return switch (contender.group()) {
                case TRANSPORT -> settings.selection().only().isEmpty();
                case RAW -> include.contains("raw");
                case PEER -> include.contains("peers");
                case TOPIC -> include.contains("topics");
                case SELF -> include.contains("self");
                case LIMIT -> false;
            };
        }

        private Contender find(String name) {
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

        private List<List<PlannedRow>> grouped(Iterable<Contender> contenders, Set<String> limits) {
            Map<String, List<PlannedRow>> groups = new LinkedHashMap<>();
            for (Contender contender : contenders) {
                groups.computeIfAbsent(contender.limit().orElse(contender.name()), key -> new ArrayList<>())
                        .add(planned(contender));
            }
            for (String mechanism : limits) {
                groups.computeIfAbsent(mechanism, key -> new ArrayList<>()).add(planned(mechanism));
            }
            return List.copyOf(groups.values());
        }

        private PlannedRow planned(Contender contender) {
            Selection selection = settings.selection();
            boolean memory = contender.inMemory() && !contender.oneProcess();
            return new PlannedRow(
                    Row.of(contender, sizeBytes),
                    Optional.of(contender),
                    work(),
                    memory ? selection.memoryPairs() : selection.pairs());
        }

        private PlannedRow planned(String mechanism) {
            return new PlannedRow(Row.ofLimit(mechanism, sizeBytes), Optional.empty(), work(), 1);
        }

        private Work work() {
            return new Work(
                    settings.selection().measurements(place),
                    settings.timing().warmUp(),
                    settings.timing().rate());
        }
    }

    private List<PlannedRow> planned() {
        return sections.stream().flatMap(List::stream).toList();
    }

    /** Returns why a row is not even tried; empty for those that are. */
    Optional<String> unavailable(Row row) {
        return planned().stream()
                .filter(planned -> planned.row().equals(row))
                .findFirst()
                .flatMap(PlannedRow::unavailable);
    }

    /** Returns all rows, in the order of the table and of each round. */
    List<Row> rows() {
        return planned().stream().map(PlannedRow::row).toList();
    }

    /** Makes what runs, section by section; nothing is started yet. */
    List<List<Participant>> participants() {
        Callable<LimitsProgram> program = preparation();
        return sections.stream()
                .map(section -> section.stream()
                        .flatMap(planned -> planned.participants(processors, program).stream())
                        .toList())
                .toList();
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
        Duration all = Noise.WINDOW.multipliedBy((long) settings.timing().rounds() * sections.size());
        for (PlannedRow planned : planned()) {
            all = all.plus(planned.estimate(settings.timing()));
        }
        return all;
    }
}

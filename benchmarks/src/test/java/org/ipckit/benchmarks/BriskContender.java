package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A contender whose JVMs are to start soon rather than to be fast in the end: where figures only have to come. */
record BriskContender(Contender contender) implements Contender {

    static final List<String> FLAGS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-AlwaysPreTouch");

    @Override
    public String name() {
        return contender.name();
    }

    @Override
    public Group group() {
        return contender.group();
    }

    @Override
    public Optional<String> unavailable() {
        return contender.unavailable();
    }

    @Override
    public boolean oneProcess() {
        return contender.oneProcess();
    }

    @Override
    public boolean batches() {
        return contender.batches();
    }

    @Override
    public Optional<String> meetsOnce() {
        return contender.meetsOnce();
    }

    @Override
    public Set<Measurement> measurements() {
        return contender.measurements();
    }

    @Override
    public List<String> jvmFlags() {
        return Stream.concat(contender.jvmFlags().stream(), FLAGS.stream()).toList();
    }

    @Override
    public Optional<List<String>> program() {
        return contender.program();
    }

    @Override
    public Optional<String> classPath() {
        return contender.classPath();
    }

    @Override
    public Entrance listen(Path folder) throws IOException {
        return contender.listen(folder);
    }

    @Override
    public Exchange connect(String place, boolean batched) throws IOException {
        return contender.connect(place, batched);
    }
}

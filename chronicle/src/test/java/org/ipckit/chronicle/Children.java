package org.ipckit.chronicle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Processes of a test: a main of it in a JVM of its own, ended with the test however that ends. */
final class Children implements AutoCloseable {

    private final List<Process> all = new ArrayList<>();

    /** One of them. */
    record Child(Process process, BufferedReader said) {

        String line() throws IOException {
            return said.readLine();
        }

        /** Ends it at once, wherever it is. */
        void kill() {
            process.destroyForcibly().onExit().join();
        }
    }

    /** Starts one with those of this JVM's options that the test lets through. */
    Child start(Predicate<String> option, List<String> more, Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(each -> !each.startsWith("-javaagent") && option.test(each))
                .forEach(command::add);
        command.addAll(more);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        all.add(process);
        return new Child(process, new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)));
    }

    Child start(Class<?> main, String... args) throws IOException {
        return start(option -> true, List.of(), main, args);
    }

    @Override
    public void close() {
        all.forEach(each -> each.destroyForcibly().onExit().join());
    }
}

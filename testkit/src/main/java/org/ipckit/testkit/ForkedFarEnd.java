package org.ipckit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The far end in another JVM, with the class path and the options of this one. It takes commands from its standard
 * input and ends when that ends, so that it never outlives this JVM.
 */
final class ForkedFarEnd extends FarEnd {

    private final Process process;
    private final Writer commands;
    private final Thread killer;
    private final long pid;

    /**
     * Starts it.
     *
     * @param java the java executable
     * @param contract the class that says which transport to use
     */
    ForkedFarEnd(Path java, Class<? extends TransportContract> contract) {
        try {
            process = new ProcessBuilder(commandLine(java, contract))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot start " + java, refused);
        }
        killer = new Thread(process::destroyForcibly, "kill far end");
        Runtime.getRuntime().addShutdownHook(killer);
        commands = new OutputStreamWriter(process.getOutputStream(), UTF_8);
        BufferedReader answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        pid = hello(answers);
        Thread reader = new Thread(() -> read(answers), "answers of far end " + pid);
        reader.setDaemon(true);
        reader.start();
    }

    private static List<String> commandLine(Path java, Class<?> contract) {
        List<String> words = new ArrayList<>();
        words.add(java.toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            // An agent, a debugger's port or a recording is for one JVM.
            if (!option.startsWith("-javaagent") && !option.startsWith("-agent") && !option.startsWith("-Xrun")) {
                words.add(option);
            }
        }
        // It lives for seconds: it has to start soon, not run fast in the end.
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("ipckit."))
                .forEach(name -> words.add("-D" + name + "=" + System.getProperty(name)));
        words.addAll(List.of("-cp", System.getProperty("java.class.path")));
        words.add(FarEndMain.class.getName());
        words.add(contract.getName());
        return words;
    }

    private long hello(BufferedReader answers) {
        try {
            String line = answers.readLine();
            if (line == null || !line.startsWith(FarEndMain.HELLO)) {
                process.destroyForcibly();
                throw new AssertionError("the far end's JVM did not start, its first words are: " + line);
            }
            long told = Long.parseLong(line.substring(FarEndMain.HELLO.length()));
            if (told == ProcessHandle.current().pid()) {
                throw new AssertionError("the far end is in this JVM");
            }
            return told;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private void read(BufferedReader answers) {
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                answered(line);
            }
        } catch (IOException ended) {
            gone("the far end's JVM has gone: " + ended.getMessage());
            return;
        }
        gone("the far end's JVM has ended");
    }

    @Override
    void pass(String line) {
        synchronized (commands) {
            try {
                commands.write(line + "\n");
                commands.flush();
            } catch (IOException refused) {
                gone("the far end's JVM does not take commands: " + refused.getMessage());
            }
        }
    }

    @Override
    long pid() {
        return pid;
    }

    @Override
    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it at once, wherever it is: {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    void awaitEnd() {
        try {
            if (!process.waitFor(Eventually.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the far end " + pid + " does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while far end " + pid + " ends", interrupted);
        }
    }

    /** Stops it as a debugger would, until {@link #resume}. */
    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            // The shell's own kill: it is there when the program is not.
            Process shell = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid)
                    .inheritIO()
                    .start();
            if (shell.waitFor() != 0) {
                throw new AssertionError("kill -" + name + " " + pid + " failed");
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException shuttingDown) {
            return;
        }
    }
}

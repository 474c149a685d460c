package org.ipckit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.concurrent.TimeUnit;
import org.ipckit.demos.End;
import org.ipckit.transport.spi.Daemons;

/** Prints what several programs say as they say it, each line after the name of who says it. Any thread may print. */
final class DemoLines {

    private static final long PATIENCE_MILLIS = 20_000;

    private final Terminal terminal;
    private final boolean coloured;

    /** With colours if a person reads it and has not forbidden them. */
    DemoLines(Terminal terminal) {
        this(terminal, Terminal.standardOutputIsTerminal() && System.getenv("NO_COLOR") == null);
    }

    DemoLines(Terminal terminal, boolean coloured) {
        this.terminal = terminal;
        this.coloured = coloured;
    }

    void print(End end, String line) {
        String name = end == End.ALICE ? "alice |" : "bob   |";
        String colour = end == End.ALICE ? "36" : "33";
        print((coloured ? "\u001b[" + colour + "m" + name + "\u001b[0m" : name) + " " + line);
    }

    synchronized void print(String line) {
        terminal.out().print(line);
        terminal.out().flush();
    }

    /** Prints all that a program says from now on. */
    Printing printing(End end, DemoProcess program) {
        return new Printing(end, program);
    }

    /** The words of one program. To be closed before the program is: then it is ended. */
    final class Printing implements AutoCloseable {

        private final End end;
        private final DemoProcess program;
        private final Process process;
        private final Thread thread;

        private Printing(End end, DemoProcess program) {
            this.end = end;
            this.program = program;
            this.process = program.process();
            this.thread = Daemons.thread("demo-" + end.title(), this::run);
            thread.start();
        }

        private void run() {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    print(end, line);
                }
            } catch (IOException cut) {
                print(end, "(" + cut.getMessage() + ")");
            }
        }

        /** Waits a while for the end of the program. */
        void endsIn(long millis) throws IOException {
            program.await(millis);
        }

        /** Ends the program if it still runs, and prints its last words and how it ended. */
        @Override
        public void close() {
            boolean byItself = !process.isAlive();
            process.toHandle().destroy(); // Process.destroy would close what it has not said yet
            try {
                process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                thread.join(PATIENCE_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            print(end, byItself ? "(has ended, exit code " + process.exitValue() + ")" : "(was ended, like by Ctrl+C)");
        }
    }
}

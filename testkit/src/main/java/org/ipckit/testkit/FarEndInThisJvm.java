package org.ipckit.testkit;

import org.ipckit.transport.Transport;

/** The far end as threads of this JVM. */
final class FarEndInThisJvm extends FarEnd {

    private final FarEndInterpreter interpreter;

    FarEndInThisJvm(Transport transport) {
        interpreter = new FarEndInterpreter(transport, this::answered);
    }

    @Override
    void pass(String line) {
        interpreter.take(line);
    }

    @Override
    long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    boolean isAlive() {
        return true;
    }

    @Override
    public void close() {
        reset();
    }
}

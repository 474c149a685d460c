package org.ipckit.cli.choose;

/** What is asked of who wants to choose. Each has an option of the same meaning, and an answer if none is given. */
public enum Question {
    SIZE("--size", "How large is the largest message, in bytes or as 64KiB?", "64"),
    RATE("--rate", "How many messages a second, at the most? (0: it does not matter)", "0"),
    REACH("--reach", "Where are both sides: process, machine or network?", "machine"),
    LANGUAGES("--languages", "Which other languages take part, such as python,c?", "none"),
    SURVIVE("--survive-restart", "Must messages that nobody has read survive a restart?", "no"),
    LOSS("--may-lose", "May messages be lost when the receiver does not keep up?", "no"),
    TOPIC("--topic", "Do several receivers get each message?", "no"),
    CPU("--cpu", "Processor time: scarce, normal, or spare (who waits may keep a processor busy)?", "normal"),
    OS("--os", "Which systems: linux or any?", "linux"),
    TRUST("--trust", "Who can listen on the way: own (programs of one user) or others?", "own");

    private final String option;
    private final String text;
    private final String usual;

    Question(String option, String text, String usual) {
        this.option = option;
        this.text = text;
        this.usual = usual;
    }

    /** Returns the option of the command. */
    public String option() {
        return option;
    }

    /** Returns the question in words. */
    public String text() {
        return text;
    }

    /** Returns the answer if none is given. */
    public String usual() {
        return usual;
    }
}

package org.ipckit.cli.choose;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;

/** Asks a person one question after the other; an empty line, or the end of the input, is the usual answer. */
public final class Questions {

    private final BufferedReader in;
    private final PrintWriter out;

    public Questions(InputStream in, PrintWriter out) {
        this.in = new BufferedReader(new InputStreamReader(in, UTF_8));
        this.out = out;
    }

    /** Asks all, each until its answer is understood. */
    public Needs ask() throws IOException {
        Map<Question, String> answers = new EnumMap<>(Question.class);
        for (Question question : Question.values()) {
            ask(question, answers);
        }
        return Needs.of(answers);
    }

    private void ask(Question question, Map<Question, String> answers) throws IOException {
        while (true) {
            out.print(question.text() + " [" + question.usual() + "] ");
            out.flush();
            String answer = in.readLine();
            if (answer == null || answer.isBlank()) {
                return;
            }
            try {
                Needs.of(Map.of(question, answer.strip()));
                answers.put(question, answer.strip());
                return;
            } catch (IllegalArgumentException notUnderstood) {
                out.println(notUnderstood.getMessage());
            }
        }
    }
}

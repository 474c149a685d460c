package org.ipckit.cli.choose;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipckit.transport.Capabilities.Reach;

/**
 * What a program needs of a transport.
 *
 * @param sizeBytes the size of the largest message
 * @param rate messages a second at the most; 0 if that does not matter
 * @param reach where both sides are
 * @param languages the other languages that take part
 * @param survive whether unread messages must survive a restart
 * @param mayLose whether messages may be lost when the receiver does not keep up
 * @param topic whether several receivers get each message
 * @param cpu how much processor time there is
 * @param anySystem whether it must work on every common system
 * @param encrypted whether others can listen on the way
 */
public record Needs(
        int sizeBytes,
        double rate,
        Reach reach,
        List<String> languages,
        boolean survive,
        boolean mayLose,
        boolean topic,
        Cpu cpu,
        boolean anySystem,
        boolean encrypted) {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(|B|KiB|MiB|GiB)");
    private static final Pattern RATE = Pattern.compile("(\\d{1,12})(|k|M)");
    private static final List<String> SYSTEMS = List.of("linux", "any");
    private static final List<String> TRUSTS = List.of("own", "others");

    /** How much processor time there is. */
    public enum Cpu {
        /** The less a message costs the better. */
        SCARCE,
        /** The sooner a message arrives the better. */
        NORMAL,
        /** Who waits may keep a processor busy. */
        SPARE
    }

    public Needs {
        languages = List.copyOf(languages);
    }

    /**
     * Understands answers; a question without one has its usual answer.
     *
     * @throws IllegalArgumentException if one is not understood
     */
    public static Needs of(Map<Question, String> answers) {
        return new Needs(
                size(answer(answers, Question.SIZE)),
                rate(answer(answers, Question.RATE)),
                oneOf(Question.REACH, answer(answers, Question.REACH), Reach.class),
                languages(answer(answers, Question.LANGUAGES)),
                yes(answers, Question.SURVIVE),
                yes(answers, Question.LOSS),
                yes(answers, Question.TOPIC),
                oneOf(Question.CPU, answer(answers, Question.CPU), Cpu.class),
                oneOf(Question.OS, answer(answers, Question.OS), SYSTEMS).equals("any"),
                oneOf(Question.TRUST, answer(answers, Question.TRUST), TRUSTS).equals("others"));
    }

    private static String answer(Map<Question, String> answers, Question question) {
        return answers.getOrDefault(question, question.usual());
    }

    private static int size(String text) {
        Matcher size = SIZE.matcher(text);
        if (size.matches()) {
            int shift =
                    switch (size.group(2)) {
                        case "KiB" -> 10;
                        case "MiB" -> 20;
                        case "GiB" -> 30;
                        default -> 0;
                    };
            long bytes = Long.parseLong(size.group(1)) << shift;
            if (bytes <= Integer.MAX_VALUE) {
                return (int) bytes;
            }
        }
        throw wrong(Question.SIZE, text, "a size of less than 2 GiB, such as 64, 16KiB or 1MiB");
    }

    private static double rate(String text) {
        Matcher rate = RATE.matcher(text);
        if (!rate.matches()) {
            throw wrong(Question.RATE, text, "a number of messages a second, such as 500, 20k or 1M");
        }
        return Double.parseDouble(rate.group(1))
                * switch (rate.group(2)) {
                    case "k" -> 1e3;
                    case "M" -> 1e6;
                    default -> 1;
                };
    }

    private static List<String> languages(String text) {
        return text.equals(Question.LANGUAGES.usual()) || text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    private static boolean yes(Map<Question, String> answers, Question question) {
        return switch (answer(answers, question)) {
            case "yes", "y" -> true;
            case "no", "n" -> false;
            default -> throw wrong(question, answer(answers, question), "yes or no");
        };
    }

    private static <E extends Enum<E>> E oneOf(Question question, String text, Class<E> kind) {
        List<String> names = Arrays.stream(kind.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        return kind.getEnumConstants()[names.indexOf(oneOf(question, text, names))];
    }

    private static String oneOf(Question question, String text, List<String> names) {
        if (!names.contains(text)) {
            throw wrong(question, text, String.join(", ", names));
        }
        return text;
    }

    private static IllegalArgumentException wrong(Question question, String text, String expected) {
        return new IllegalArgumentException(question.option() + " is '" + text + "', expected " + expected);
    }
}

package org.ipckit.files;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;

/** The two commands of the example, which count as Python does: integers have no limit, and true is 1. */
public final class Arithmetic {

    private Arithmetic() {}

    /** Returns both commands by their names. */
    public static Map<String, CommandFile.Command> commands() {
        return Map.of("add", Arithmetic::add, "multiply", Arithmetic::multiply);
    }

    /**
     * Adds two numbers.
     *
     * @throws CommandFailedException if there are not two, or one is not a number
     */
    public static Object add(List<Object> arguments) {
        return calculate(arguments, "add", BigInteger::add, Double::sum);
    }

    /**
     * Multiplies two numbers.
     *
     * @throws CommandFailedException if there are not two, or one is not a number
     */
    public static Object multiply(List<Object> arguments) {
        return calculate(arguments, "multiply", BigInteger::multiply, (left, right) -> left * right);
    }

    private static Object calculate(
            List<Object> arguments, String verb, BinaryOperator<BigInteger> exactly, DoubleBinaryOperator roughly) {
        if (arguments.size() != 2) {
            throw new CommandFailedException("Incorrect number of arguments");
        }
        Number left = number(arguments.get(0), verb);
        Number right = number(arguments.get(1), verb);
        if (left instanceof BigInteger first && right instanceof BigInteger second) {
            return exactly.apply(first, second);
        }
        return roughly.applyAsDouble(left.doubleValue(), right.doubleValue());
    }

    /** Returns a BigInteger or a Double. */
    private static Number number(Object argument, String verb) {
        if (argument instanceof Boolean truth) {
            return truth ? BigInteger.ONE : BigInteger.ZERO;
        }
        if (argument instanceof BigDecimal || argument instanceof Double || argument instanceof Float) {
            return ((Number) argument).doubleValue();
        }
        if (argument instanceof Number whole) {
            return new BigInteger(whole.toString());
        }
        throw new CommandFailedException("Yeah, we are only going to " + verb + " numbers");
    }
}

package org.ipckit.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is in a command file: <code>{"commands": {id: {"command": name, "args": [...], "result" or "error": ...}}}</code>.
 * What else somebody has put in stays in.
 */
final class CommandDocument {

    private final ObjectNode root;

    private CommandDocument(ObjectNode root) {
        this.root = root;
    }

    /** Returns one without commands. */
    static CommandDocument empty() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("commands");
        return new CommandDocument(root);
    }

    /**
     * Reads one.
     *
     * @throws DamagedFileException if it is not one
     */
    static CommandDocument parse(byte[] json) throws DamagedFileException {
        try {
            JsonNode root = PythonText.read(json);
            if (!(root instanceof ObjectNode object) || !(object.get("commands") instanceof ObjectNode commands)) {
                throw new DamagedFileException("it is not of the form {\"commands\": {...}}", null);
            }
            for (Map.Entry<String, JsonNode> entry : commands.properties()) {
                requireCommand(entry.getKey(), entry.getValue());
            }
            return new CommandDocument(object);
        } catch (JsonProcessingException refused) {
            throw new DamagedFileException(DamagedFileException.place(refused), refused);
        } catch (DamagedFileException damaged) {
            throw damaged;
        } catch (IOException unheardOf) {
            throw new DamagedFileException(unheardOf.getMessage(), unheardOf);
        }
    }

    private static void requireCommand(String id, JsonNode command) throws DamagedFileException {
        if (!(command instanceof ObjectNode)
                || !command.path("command").isTextual()
                || !(command.get("args") instanceof ArrayNode)) {
            throw new DamagedFileException(
                    "command " + id + " is not of the form {\"command\": \"name\", \"args\": [...]}", null);
        }
        if (command.has("result") && command.has("error")) {
            throw new DamagedFileException("command " + id + " has a result and an error", null);
        }
    }

    byte[] toBytes() throws IOException {
        return PythonText.write(root);
    }

    private ObjectNode commands() {
        return (ObjectNode) root.get("commands");
    }

    /** One command that nobody has answered yet. */
    record Request(String id, String command, List<Object> arguments) {}

    /** Returns the commands without an answer, in the order they are in. */
    List<Request> unanswered() {
        List<Request> requests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : commands().properties()) {
            JsonNode command = entry.getValue();
            if (!command.has("result") && !command.has("error")) {
                List<Object> arguments = new ArrayList<>();
                command.get("args").forEach(argument -> arguments.add(PythonText.toValue(argument)));
                requests.add(new Request(entry.getKey(), command.get("command").asText(), arguments));
            }
        }
        return requests;
    }

    void add(String id, String command, List<?> arguments) {
        ObjectNode entry = commands().putObject(id);
        entry.put("command", command);
        entry.set("args", PythonText.toTree(arguments));
    }

    /** Answers a command; nothing happens if somebody has taken it out. */
    void answer(String id, Answer answer) {
        if (commands().get(id) instanceof ObjectNode command) {
            if (answer.error() == null) {
                command.set("result", PythonText.toTree(answer.result()));
            } else {
                command.put("error", answer.error());
            }
        }
    }

    boolean has(String id) {
        return commands().has(id);
    }

    /** Returns the answer to a command, if there is one. */
    Optional<Answer> answer(String id) {
        JsonNode command = commands().path(id);
        if (command.has("error")) {
            return Optional.of(new Answer(null, command.get("error").asText()));
        }
        return command.has("result")
                ? Optional.of(new Answer(PythonText.toValue(command.get("result")), null))
                : Optional.empty();
    }

    /** What came of a command: a result, which may be null, or the text of an error. */
    record Answer(Object result, String error) {}
}

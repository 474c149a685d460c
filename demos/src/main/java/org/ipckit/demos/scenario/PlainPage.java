package org.ipckit.demos.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import org.ipckit.codecs.JsonCodec;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportException;
import org.ipckit.transport.Transports;
import org.ipckit.transport.Typed;

/** The page where there is no PHP: a program of its own too, which ends when its standard input does. */
final class PlainPage {

    private PlainPage() {}

    /**
     * Serves the page.
     *
     * @param args the port, and the station's socket
     */
    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 0);
        server.createContext("/", exchange -> answer(exchange, "uds://" + args[1]));
        server.start();
        while (System.in.read() >= 0) {
            // Whatever is typed is no concern of ours.
        }
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, String station) throws IOException {
        Map<String, String> wanted = new HashMap<>();
        String query = exchange.getRequestURI().getRawQuery();
        for (String each : query == null ? new String[0] : query.split("&")) {
            String[] nameAndValue = each.split("=", 2);
            wanted.put(nameAndValue[0], URLDecoder.decode(nameAndValue[nameAndValue.length - 1], UTF_8));
        }
        byte[] page;
        int status = 200;
        try (Connection connection = Transports.connect(station)) {
            Typed.over(connection, JsonCodec.of(Question.class))
                    .send(new Question(
                            wanted.getOrDefault("sensor", "processor"), number(wanted.getOrDefault("last", "20"))));
            page = html(connection.receive()).getBytes(UTF_8);
        } catch (TransportException gone) {
            page = html(Message.utf8("the station does not answer: " + gone.getMessage()))
                    .getBytes(UTF_8);
            status = 502;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(status, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }

    private static int number(String digits) {
        return digits.matches("\\d{1,4}") ? Integer.parseInt(digits) : 20;
    }

    private static String html(Message answer) {
        String json = answer.toUtf8().replace("&", "&amp;").replace("<", "&lt;");
        return """
                <!DOCTYPE html>
                <html lang="en">
                <meta charset="utf-8">
                <title>Three languages</title>
                <h1>Measured in Python, calculated in C, shown in plain HTML: there is no PHP here</h1>
                <form>
                  Sensor <input name="sensor" value="processor">
                  the last <input name="last" type="number" min="1" max="600" value="20">
                  measurements <button>Calculate</button>
                </form>
                <pre>%s</pre>
                </html>
                """
                .formatted(json.replace(",\"", ",\n\""));
    }
}

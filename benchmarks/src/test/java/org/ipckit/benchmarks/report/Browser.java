package org.ipckit.benchmarks.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real browser without a window, led through its driver. One thread uses it. */
final class Browser implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("started successfully on port ([0-9]+)");
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process driver;
    private final String session;

    /**
     * Starts one.
     *
     * @param folder where it keeps its things
     */
    Browser(Path folder) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true);
        // The browser has its files there, and leaves some when it is ended.
        builder.environment().put("TMPDIR", folder.toString());
        builder.environment().put("HOME", folder.toString());
        driver = builder.start();
        String server = "http://127.0.0.1:" + port();
        List<String> arguments = List.of(
                "--headless=new",
                "--no-sandbox", // as root, in a container, there is none
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--user-data-dir=" + folder.resolve("profile"));
        JsonNode answer = post(
                server + "/session",
                Map.of(
                        "capabilities",
                        Map.of(
                                "alwaysMatch",
                                Map.of(
                                        "goog:chromeOptions",
                                        Map.of("args", arguments),
                                        "goog:loggingPrefs",
                                        Map.of("browser", "ALL")))));
        session = server + "/session/" + answer.get("sessionId").asText();
    }

    private int port() throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(driver.getInputStream(), UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return Integer.parseInt(started.group(1));
            }
            said.append(line).append('\n');
        }
        throw new IOException("chromedriver ended: " + said);
    }

    void open(Path page) throws IOException, InterruptedException {
        post(session + "/url", Map.of("url", page.toUri().toString()));
    }

    /** Shows the page as on a screen of this size. */
    void screen(int width, int height, boolean phone) throws IOException, InterruptedException {
        tell(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
    }

    void dark(boolean dark) throws IOException, InterruptedException {
        tell(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    private void tell(String command, Map<String, ?> parameters) throws IOException, InterruptedException {
        post(session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    /** Runs a script in the page and returns what it returns. */
    JsonNode run(String script) throws IOException, InterruptedException {
        return post(session + "/execute/sync", Map.of("script", script, "args", List.of()));
    }

    /** Returns what the browser has complained about since it was last asked. */
    List<String> complaints() throws IOException, InterruptedException {
        return post(session + "/se/log", Map.of("type", "browser")).findValuesAsText("message");
    }

    void picture(Path file) throws IOException, InterruptedException {
        JsonNode answer = answer(HttpRequest.newBuilder(URI.create(session + "/screenshot")));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(answer.asText()));
    }

    private JsonNode post(String address, Map<String, ?> body) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create(address))
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.timeout(LONGEST).build(), BodyHandlers.ofString());
        JsonNode value = JSON.readTree(response.body()).get("value");
        if (response.statusCode() != 200) {
            throw new IOException("the browser refuses: " + value);
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> started = driver.descendants().toList();
        try {
            answer(HttpRequest.newBuilder(URI.create(session)).DELETE());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            driver.destroy();
            driver.onExit().join();
            started.forEach(ProcessHandle::destroyForcibly);
        }
    }
}

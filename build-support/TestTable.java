import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Prints what the tests of a build did, from Surefire's XML reports. Run by {@code ./build} as a single source file:
 * {@code java TestTable.java <checkout> [note...]}.
 *
 * <p>A note is a line about the build itself. Its first word says what it means: {@code note:} informs, {@code
 * required:} fails a build with {@code IPCKIT_REQUIRE=all}, {@code failed:} fails it always.
 */
final class TestTable {

    enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    record Test(String module, int jdk, String name, Outcome outcome, String reason) {}

    record Row(String module, int jdk) {}

    public static void main(String[] args) throws Exception {
        Path checkout = Path.of(args[0]);
        List<String> notes = List.of(args).subList(1, args.length);
        boolean requireAll = "all".equals(System.getenv("IPCKIT_REQUIRE"));

        List<Test> tests = new ArrayList<>();
        for (Path report : reports(checkout)) {
            tests.addAll(read(moduleOf(checkout.relativize(report)), report));
        }
        printTable(tests);
        printList("Skipped", tests, Outcome.SKIPPED);
        printList("Failed", tests, Outcome.FAILED);

        boolean failed = count(tests, Outcome.FAILED) > 0;
        for (String note : notes) {
            String meaning = note.substring(0, note.indexOf(':'));
            System.out.println(meaning.equals("failed") ? note : note.substring(meaning.length() + 2));
            failed |= meaning.equals("failed") || (requireAll && meaning.equals("required"));
        }
        if (requireAll && count(tests, Outcome.SKIPPED) > 0) {
            System.out.println("failed: IPCKIT_REQUIRE=all, and the tests above were skipped");
            failed = true;
        }
        System.out.printf(
                "%d passed, %d failed, %d skipped%n",
                count(tests, Outcome.PASSED), count(tests, Outcome.FAILED), count(tests, Outcome.SKIPPED));
        System.exit(failed ? 1 : 0);
    }

    private static List<Path> reports(Path checkout) throws IOException {
        List<Path> reports = new ArrayList<>();
        // A module is a folder here, or one below.
        try (Stream<Path> folders = Files.find(checkout, 3, (path, attributes) -> attributes.isDirectory())) {
            for (Path target : folders.filter(folder -> folder.endsWith("target")).sorted().toList()) {
                try (Stream<Path> files = Files.walk(target, 2)) {
                    files.filter(f -> f.getParent().getFileName().toString().startsWith("surefire-reports"))
                            .filter(f -> f.getFileName().toString().matches("TEST-.*\\.xml"))
                            .sorted()
                            .forEach(reports::add);
                }
            }
        }
        return reports;
    }

    private static String moduleOf(Path report) {
        Path folder = report.getParent();
        while (!folder.endsWith("target")) {
            folder = folder.getParent();
        }
        return folder.getParent().toString();
    }

    private static List<Test> read(String module, Path report) {
        try {
            Element suite = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
            int jdk = jdkOf(suite);
            List<Test> tests = new ArrayList<>();
            for (Element test : children(suite, "testcase")) {
                String name = simpleName(test.getAttribute("classname"))
                        + (test.getAttribute("name").isEmpty() ? "" : "." + test.getAttribute("name"));
                List<Element> failures = new ArrayList<>(children(test, "failure"));
                failures.addAll(children(test, "error"));
                List<Element> skips = children(test, "skipped");
                if (!failures.isEmpty()) {
                    tests.add(new Test(module, jdk, name, Outcome.FAILED, reason(failures.get(0))));
                } else if (!skips.isEmpty()) {
                    tests.add(new Test(module, jdk, name, Outcome.SKIPPED, reason(skips.get(0))));
                } else {
                    tests.add(new Test(module, jdk, name, Outcome.PASSED, ""));
                }
            }
            return tests;
        } catch (Exception e) {
            // A report cut short belongs to a JVM that died while writing it: no test of it can count as passed.
            return List.of(new Test(module, 0, report.getFileName().toString(), Outcome.FAILED, "unreadable: " + e));
        }
    }

    private static int jdkOf(Element suite) {
        for (Element properties : children(suite, "properties")) {
            for (Element property : children(properties, "property")) {
                if (property.getAttribute("name").equals("java.specification.version")) {
                    return Integer.parseInt(property.getAttribute("value"));
                }
            }
        }
        return 0;
    }

    private static String reason(Element element) {
        String text = element.getAttribute("message");
        if (text.isEmpty()) {
            text = element.getTextContent();
        }
        text = text.strip().replaceFirst("^(org\\.opentest4j\\.TestAbortedException: )?(Assumption failed: )?", "");
        String firstLine = text.lines().findFirst().orElse("no reason given");
        return firstLine.length() <= 300 ? firstLine : firstLine.substring(0, 300) + "...";
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private static List<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node.getNodeName().equals(name))
                .map(Element.class::cast)
                .toList();
    }

    private static void printTable(List<Test> tests) {
        Map<Row, List<Test>> rows = new TreeMap<>(Comparator.comparing(Row::module).thenComparing(Row::jdk));
        for (Test test : tests) {
            rows.computeIfAbsent(new Row(test.module(), test.jdk()), r -> new ArrayList<>()).add(test);
        }
        System.out.printf("%-20s %4s %8s %8s %8s%n", "module", "JDK", "passed", "failed", "skipped");
        rows.forEach((row, its) -> System.out.printf(
                "%-20s %4s %8d %8d %8d%n",
                row.module(),
                row.jdk() == 0 ? "?" : row.jdk(),
                count(its, Outcome.PASSED),
                count(its, Outcome.FAILED),
                count(its, Outcome.SKIPPED)));
        System.out.println();
    }

    private static void printList(String title, List<Test> tests, Outcome outcome) {
        List<Test> its = tests.stream().filter(t -> t.outcome() == outcome).toList();
        if (its.isEmpty()) {
            return;
        }
        System.out.println(title + ":");
        for (Test test : its) {
            System.out.printf("  %s, JDK %d, %s: %s%n", test.module(), test.jdk(), test.name(), test.reason());
        }
        System.out.println();
    }

    private static long count(List<Test> tests, Outcome outcome) {
        return tests.stream().filter(t -> t.outcome() == outcome).count();
    }
}

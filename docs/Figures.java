import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program of {@code docs/figures}; {@link #HELP} says what it does. */
final class Figures {
    private static final String HELP = """
            docs/figures [--list] [--fast] [--timings] [--only PATTERN] [--write]

            Runs the commands of docs/figures.tsv from the top of the repository, compares what they print with the figures of the pages,
            and ends with status 1 where a figure moved by more than its spread or a command failed.

              --list          only say what would be run, and what stands on the pages without a command
              --fast          only commands that take under a minute
              --timings       also those whose figures are times, on the machine that docs/performance.md names
              --only PATTERN  only commands in which, or in a page or figure of which, this pattern is found
              --write         put the new numbers where the old ones stand, in the page and in the table

            What a command printed is in target/figures.

            The table is made of lines of fields between tabs. A command begins with "$ ":
              $ command   minutes   any (the same on every machine), JDK 17 (of that JDK) or timing (of one machine)
            and its figures follow, one a line:
              page   a part of the line of the page   the figure in that line   spread   what a line of the output looks like
            In the last field "#" stands for a number, "*" for anything, and " && " puts lines of the output together; the last line of the
            output that looks so counts. The numbers of the figure are compared with those of "#", in order. The program adds the lines
            "took # seconds" and, where the command has --seeds, "took # seconds a seed" and "took # minutes a seed". In the place of the
            last field, "passes" asks that the command succeeds, and "by hand" leaves the comparison to a reader.
            The spread is what a number may differ by beyond the rounding of its last digit: 0.01, or 5%; with "timing 50%" the figure is
            compared only where --timings is given; "table" stands for the whole table below the line.
            Under "$ none" stand numbers that nothing measures, with the reason in the last field.
            """;

    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.-])-?\\d[\\d,]*(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");
    private static final Pattern SEEDS = Pattern.compile("--seeds (\\d+)");
    private static final String TIMING = "timing";
    private static final String NONE = "none";
    private static final String BY_HAND = "by hand";
    private static final String PASSES = "passes";

    private final Path table;
    private final Path home;
    private final List<String> rows;
    private final List<Command> commands = new ArrayList<>();
    private final List<String> moved = new ArrayList<>();

    /** A row of the table below a command. */
    private record Figure(int row, String page, String place, String text, String spread, String template) {
        static Figure of(int row, String line) {
            String[] fields = line.split("\t", -1);
            if (fields.length != 5) {
                throw new IllegalArgumentException(
                        "line " + (row + 1) + ": expected page, place, figure, spread and template between tabs");
            }
            return new Figure(row, fields[0], fields[1], fields[2], fields[3], fields[4]);
        }

        String name() {
            return page + ": " + place + (place.contains(text) ? "" : " … " + text);
        }

        String row(String newText) {
            String newPlace = place.replace(text, newText);
            return String.join("\t", page, newPlace, newText, spread, template);
        }
    }

    /** A command with its figures. */
    private record Command(String line, double minutes, String kind, List<Figure> figures) {
        static Command of(int row, String line) {
            String[] fields = line.split("\t", -1);
            if (fields.length != 3) {
                throw new IllegalArgumentException(
                        "line " + (row + 1) + ": expected a command, minutes and a kind between tabs");
            }
            return new Command(fields[0].substring(2), Double.parseDouble(fields[1]), fields[2], new ArrayList<>());
        }

        boolean isNone() {
            return line.equals(NONE);
        }

        boolean has(Pattern pattern) {
            return Stream.concat(Stream.of(line), figures.stream().map(Figure::name))
                    .anyMatch(text -> pattern.matcher(text).find());
        }
    }

    private Figures(Path table) throws IOException {
        this.table = table.toAbsolutePath().normalize();
        home = this.table.getParent().getParent();
        rows = new ArrayList<>(Files.readAllLines(this.table));
        for (int i = 0; i < rows.size(); i++) {
            String row = rows.get(i);
            if (row.startsWith("$ ")) {
                commands.add(Command.of(i, row));
            } else if (!row.isBlank() && !row.startsWith("#")) {
                if (commands.isEmpty()) {
                    throw new IllegalArgumentException("line " + (i + 1) + ": a figure before the first command");
                }
                commands.get(commands.size() - 1).figures.add(Figure.of(i, row));
            }
        }
    }

    /** The table, then the options. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        Figures figures = new Figures(Path.of(arguments[0]));
        boolean list = false;
        boolean write = false;
        boolean timings = false;
        Predicate<Command> chosen = command -> true;
        for (int i = 1; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--list" -> list = true;
                case "--write" -> write = true;
                case "--fast" -> chosen = chosen.and(command -> command.minutes < 1);
                case "--timings" -> timings = true;
                case "--only" -> {
                    Pattern pattern = Pattern.compile(arguments[++i]);
                    chosen = chosen.and(command -> command.has(pattern));
                }
                case "--help" -> {
                    System.out.print(HELP);
                    return;
                }
                default -> {
                    System.err.println("docs/figures: no option " + arguments[i] + "\n\n" + HELP);
                    System.exit(2);
                }
            }
        }
        if (!timings) {
            chosen = chosen.and(command -> !command.kind.equals(TIMING));
        }
        if (list) {
            figures.list(chosen);
        } else if (!figures.run(chosen, timings, write)) {
            System.exit(1);
        }
    }

    private void list(Predicate<Command> chosen) {
        double minutes = 0;
        for (Command command : commands) {
            if (command.isNone() || chosen.test(command)) {
                System.out.printf("%s (%s, %.1f minutes)%n", command.line, command.kind, command.minutes);
                command.figures.forEach(figure -> System.out.println("    " + figure.name()
                        + (command.isNone() || figure.template.equals(BY_HAND) ? ": " + figure.template : "")));
                minutes += command.minutes;
            }
        }
        System.out.printf("%d commands, about %.0f minutes%n", commands.stream().filter(chosen).count(), minutes);
    }

    /** Whether nothing moved. */
    private boolean run(Predicate<Command> chosen, boolean timings, boolean write) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(home.resolve("target/figures"));
        int compared = 0;
        List<String> byHand = new ArrayList<>();
        List<Command> run = commands.stream()
                .filter(command -> !command.isNone())
                .filter(chosen)
                .toList();
        for (int i = 0; i < run.size(); i++) {
            Command command = run.get(i);
            System.out.printf("[%d of %d] %s (about %.1f minutes)%n", i + 1, run.size(), command.line, command.minutes);
            Path output = folder.resolve(String.format("%02d.txt", i + 1));
            int status = execute(command, output);
            List<String> lines = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).lines().toList();
            if (status != 0) {
                moved.add(command.line + ": exit status " + status + ", see " + home.relativize(output));
                continue;
            }
            for (Figure figure : command.figures) {
                if (figure.template.equals(BY_HAND)) {
                    byHand.add(figure.name() + ": see " + home.relativize(output));
                } else if (timings || !figure.spread.startsWith(TIMING)) {
                    compared++;
                    compare(figure, lines, write);
                }
            }
        }
        System.out.printf("%n%d figures compared, %d moved or failed.%n", compared, moved.size());
        moved.forEach(line -> System.out.println("  " + line));
        if (!byHand.isEmpty()) {
            System.out.println("To compare by hand:");
            byHand.forEach(line -> System.out.println("  " + line));
        }
        if (write) {
            Files.write(table, rows);
        }
        return moved.isEmpty();
    }

    private int execute(Command command, Path output) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Process process = new ProcessBuilder("bash", "-c", command.line)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        int status = process.waitFor();
        double seconds = (System.nanoTime() - began) / 1e9;
        List<String> took = new ArrayList<>(List.of("", String.format("took %.0f seconds", seconds)));
        Matcher seeds = SEEDS.matcher(command.line);
        if (seeds.find()) {
            double each = seconds / Integer.parseInt(seeds.group(1));
            took.add(String.format("took %.0f seconds a seed", each));
            took.add(String.format("took %.1f minutes a seed", each / 60));
        }
        Files.write(output, took, StandardOpenOption.APPEND);
        return status;
    }

    private void compare(Figure figure, List<String> lines, boolean write) throws IOException {
        if (figure.template.equals(PASSES)) {
            return;
        }
        List<BigDecimal> found = new ArrayList<>();
        for (String template : figure.template.split(" && ")) {
            Optional<List<BigDecimal>> numbers = numbers(template, lines);
            if (numbers.isEmpty()) {
                moved.add(figure.name() + ": no line of the output looks like: " + template);
                return;
            }
            found.addAll(numbers.get());
        }
        List<String> stated = NUMBER.matcher(figure.text).results().map(result -> result.group()).toList();
        if (stated.size() != found.size()) {
            moved.add(figure.name() + ": has " + stated.size() + " numbers, but the template " + found.size());
            return;
        }
        boolean same = true;
        StringBuilder text = new StringBuilder();
        Matcher matcher = NUMBER.matcher(figure.text);
        for (int i = 0; matcher.find(); i++) {
            same &= isNear(stated.get(i), found.get(i), figure.spread.replace(TIMING, "").strip());
            matcher.appendReplacement(text, Matcher.quoteReplacement(as(stated.get(i), found.get(i))));
        }
        matcher.appendTail(text);
        if (!same) {
            moved.add(figure.name() + ": now " + text);
            if (write) {
                replace(figure, text.toString());
            }
        }
    }

    /** The numbers of the last line that looks like a template. */
    private static Optional<List<BigDecimal>> numbers(String template, List<String> lines) {
        String pattern = Stream.of(template.split("(?=[#*])|(?<=[#*])"))
                .map(part -> part.equals("#") ? "(" + NUMBER + ")" : part.equals("*") ? ".*?" : Pattern.quote(part))
                .collect(Collectors.joining());
        Pattern line = Pattern.compile(pattern);
        return lines.stream()
                .map(text -> line.matcher(text.strip()))
                .filter(Matcher::matches)
                .reduce((first, last) -> last)
                .map(match -> {
                    List<BigDecimal> numbers = new ArrayList<>();
                    for (int i = 1; i <= match.groupCount(); i++) {
                        numbers.add(decimal(match.group(i)));
                    }
                    return numbers;
                });
    }

    private static BigDecimal decimal(String number) {
        return new BigDecimal(number.replace(",", ""));
    }

    /** Within half of the last digit that is stated, and the spread. */
    private static boolean isNear(String stated, BigDecimal found, String spread) {
        BigDecimal value = decimal(stated);
        double rounding = 0.5 * value.ulp().doubleValue();
        double allowed = spread.endsWith("%")
                ? Math.abs(value.doubleValue()) * Double.parseDouble(spread.replace("%", "")) / 100
                : Double.parseDouble(spread);
        return value.subtract(found).abs().doubleValue() <= (rounding + allowed) * (1 + 1e-9);
    }

    /** A number in the form of another: as many decimals, and commas where that has them. */
    private static String as(String form, BigDecimal number) {
        BigDecimal rounded = number.setScale(decimal(form).scale(), RoundingMode.HALF_EVEN);
        return form.matches("-?\\d{4,}(\\..*)?") ? rounded.toPlainString() : String.format("%," + "." + Math.max(rounded.scale(), 0) + "f", rounded);
    }

    private void replace(Figure figure, String text) throws IOException {
        Path page = home.resolve(figure.page);
        List<String> lines = new ArrayList<>(Files.readAllLines(page));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(figure.place) && lines.get(i).contains(figure.text)) {
                lines.set(i, lines.get(i).replace(figure.text, text));
            }
        }
        Files.write(page, lines);
        rows.set(figure.row, figure.row(text));
    }
}

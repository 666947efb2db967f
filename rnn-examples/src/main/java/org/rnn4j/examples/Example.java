package org.rnn4j.examples;

import org.rnn4j.examples.forecast.Forecast;
import org.rnn4j.examples.gradientflow.GradientFlow;
import org.rnn4j.examples.languagemodel.BetterRnnLm;
import org.rnn4j.examples.languagemodel.RnnLm;
import org.rnn4j.examples.names.Names;
import org.rnn4j.examples.parity.Parity;
import org.rnn4j.examples.sentiment.Sentiment;
import org.rnn4j.examples.seq2seq.Addition;
import org.rnn4j.examples.seq2seq.Dates;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The group of the examples: {@code ./rnn example NAME} runs one, and {@code ./rnn example} says which there are. */
@Command(
        name = "example",
        description = "Tasks, each with its result beside that of a simple method.",
        mixinStandardHelpOptions = true,
        footer = "Options of one: ./rnn example NAME --help.",
        subcommands = {
            Addition.class,
            BetterRnnLm.class,
            Dates.class,
            Forecast.class,
            GradientFlow.class,
            Names.class,
            Parity.class,
            RnnLm.class,
            Sentiment.class
        })
public final class Example implements Runnable {
    @Spec
    private CommandSpec spec;

    /** For the command line. */
    public Example() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut(), CommandLine.Help.Ansi.AUTO);
    }
}

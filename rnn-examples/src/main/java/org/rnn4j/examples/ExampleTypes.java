package org.rnn4j.examples;

import java.util.Map;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;
import org.rnn4j.examples.forecast.SeasonalSource;
import org.rnn4j.examples.forecast.Snapshots;
import org.rnn4j.examples.initial.AddingSource;
import org.rnn4j.examples.names.LocaleNamesSource;
import org.rnn4j.examples.parity.ParitySource;
import org.rnn4j.examples.sentiment.GlossesSource;
import org.rnn4j.examples.sentiment.RatedGlossesSource;
import org.rnn4j.examples.seq2seq.DatesSource;
import org.rnn4j.examples.seq2seq.SumsSource;
import org.rnn4j.run.listener.ListenerSpec;
import org.rnn4j.training.data.DataSource;

/** The data and the listener of the examples, by the names that their configuration files use: what any program can bring of its own. */
public final class ExampleTypes implements TypeProvider {
    /** For the service loader. */
    public ExampleTypes() {}

    @Override
    public Types types() {
        return Types.of(
                        DataSource.class,
                        () -> Map.of(
                                "examples.Sums", SumsSource.class,
                                "examples.Dates", DatesSource.class,
                                "examples.LocaleNames", LocaleNamesSource.class,
                                "examples.Parity", ParitySource.class,
                                "examples.Glosses", GlossesSource.class,
                                "examples.RatedGlosses", RatedGlossesSource.class,
                                "examples.Seasonal", SeasonalSource.class,
                                "examples.Adding", AddingSource.class))
                .and(ListenerSpec.class, () -> Map.of("examples.Snapshots", Snapshots.class));
    }
}

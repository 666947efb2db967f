package org.rnn4j.training.text;

import java.util.Map;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.SeriesSource;

/** The data sources of this module, by name. */
public final class DataTypes implements TypeProvider {
    /** For the service loader. */
    public DataTypes() {}

    @Override
    public Types types() {
        return Types.of(
                DataSource.class,
                () -> Map.of(
                        "Text", TextSource.class,
                        "Sentences", SentencesSource.class,
                        "Labelled", LabelledSource.class,
                        "Pairs", PairsSource.class,
                        "Tagged", TaggedSource.class,
                        "Series", SeriesSource.class));
    }
}

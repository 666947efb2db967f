package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import acme.Foreign;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;
import org.rnn4j.testkit.LayerContractTest.Dense;
import org.rnn4j.testkit.LayerContractTest.Doubles;
import org.rnn4j.testkit.LayerContractTest.Two;

/** Providers that are wrong in one way each are caught by the law that is meant. */
class ProviderContractTest {
    /** Nobody put these into META-INF/services: that is their one fault, or one more. */
    private static final String FOUND = "providerIsFound";

    private static final class NoRecord implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            return new Dense().create(params);
        }
    }

    private record NotPublic() implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            return new Dense().create(params);
        }
    }

    private static TypeProvider of(Map<String, Class<? extends Spec<?>>> layers) {
        return new TypeProvider() {
            @Override
            public Types types() {
                return Types.of(Spec.class, () -> layers);
            }
        };
    }

    private static Map<String, String> broken(TypeProvider provider, Spec<?>... specs) {
        return Laws.broken(ProviderContract.class, new ProviderContract() {
            @Override
            protected TypeProvider provider() {
                return provider;
            }

            @Override
            protected List<Spec<?>> specs() {
                return List.of(specs);
            }
        });
    }

    private static void caught(String law, String message, Map<String, String> broken, String... also) {
        Set<String> expected = new TreeSet<>(Set.of(also));
        expected.add(law);
        expected.add(FOUND);
        assertEquals(expected, broken.keySet(), broken::toString);
        assertTrue(broken.get(law).contains(message), broken.get(law));
    }

    @Test
    void theLawThatIsMeantCatchesIt() {
        caught(
                FOUND,
                "META-INF/services/org.rnn4j.api.TypeProvider names [], expected ",
                broken(of(Map.of("Dense", Dense.class)), new Dense()));
        caught("idsFollowTheRule", "the id is acme.dense", broken(of(Map.of("acme.dense", Dense.class)), new Dense()));
        caught(
                "idsFollowTheRule",
                "the id is Dense, expected one such as acme.mgu",
                broken(new Foreign(Map.of("Dense", Dense.class)), new Dense()));
        assertEquals(
                Set.of(FOUND),
                broken(new Foreign(Map.of("acme.dense", Dense.class)), new Dense())
                        .keySet());
        caught("idsFollowTheRule", " brings nothing", broken(of(Map.of())));
        caught(
                "idsFollowTheRule",
                "a type has two ids: ",
                broken(of(Map.of("Dense", Dense.class, "Again", Dense.class)), new Dense()),
                "specsAreThemselvesAgain");
        caught(
                "specsArePublicRecords",
                "NoRecord: org.rnn4j.testkit.ProviderContractTest$NoRecord is no record",
                broken(of(Map.of("NoRecord", NoRecord.class)), new NoRecord()),
                "specsAreThemselvesAgain");
        caught(
                "specsArePublicRecords",
                "NotPublic: org.rnn4j.testkit.ProviderContractTest$NotPublic is not public",
                broken(of(Map.of("NotPublic", NotPublic.class)), new NotPublic()),
                "specsAreThemselvesAgain");
        caught(
                "specsAreThemselvesAgain",
                "Doubles[width=8] came back as Doubles[width=16]",
                broken(of(Map.of("Doubles", Doubles.class)), new Doubles(4)));
        caught(
                "specsAreThemselvesAgain",
                "specs() has none of [class org.rnn4j.testkit.LayerContractTest$Two]",
                broken(of(Map.of("Dense", Dense.class, "Two", Two.class)), new Dense()));
        caught(
                "versionsBeginAtOne",
                "that of Dense is 0",
                broken(
                        new TypeProvider() {
                            @Override
                            public Types types() {
                                return Types.of(Spec.class, () -> Map.of("Dense", Dense.class));
                            }

                            @Override
                            public int version(String id) {
                                return 0;
                            }
                        },
                        new Dense()),
                "specsAreThemselvesAgain");
        assertEquals(5, Laws.of(ProviderContract.class).size());
    }
}

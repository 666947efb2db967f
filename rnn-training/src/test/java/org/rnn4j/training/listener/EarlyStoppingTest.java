package org.rnn4j.training.listener;

import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.ArgumentMatchers;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Listener.ValidationReport;
import org.rnn4j.training.Scores;
import org.rnn4j.training.Training;

@ExtendWith(MockitoExtension.class)
class EarlyStoppingTest {
    private static final String REASON = "no better validation in the last 2";

    @Mock
    Training trainer;

    private final Listener stopping = new EarlyStopping(2);

    @BeforeEach
    void start() {
        stopping.started(trainer);
    }

    private static ValidationReport validation(boolean best) {
        return new ValidationReport(1, new Scores(1, Map.of()), best);
    }

    private void validate(boolean... best) {
        for (boolean each : best) {
            stopping.validated(validation(each));
        }
    }

    @Test
    void stopsAfterThatManyInARow() {
        validate(true, false, true, false);
        verify(trainer, never()).finish(ArgumentMatchers.anyString());
        validate(false);
        verify(trainer).finish(REASON);
    }

    @Test
    void countsOnAfterAResume() {
        validate(true, false);
        Map<String, Object> state = stopping.state();
        Listener resumed = new EarlyStopping(2);
        resumed.restore(state);
        resumed.started(trainer);
        verify(trainer, never()).finish(ArgumentMatchers.anyString());
        resumed.validated(validation(false));
        verify(trainer).finish(REASON);
    }

    @Test
    void aRunThatItEndedStaysEnded() {
        validate(false, false);
        Listener resumed = new EarlyStopping(2);
        resumed.restore(stopping.state());
        resumed.started(trainer);
        verify(trainer, org.mockito.Mockito.times(2)).finish(REASON);
    }
}

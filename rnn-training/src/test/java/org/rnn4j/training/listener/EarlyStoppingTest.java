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
import org.rnn4j.training.Trainer;

@ExtendWith(MockitoExtension.class)
class EarlyStoppingTest {
    private static final String REASON = "no better validation in the last 2";

    @Mock
    Trainer trainer;

    private final Listener stopping = new EarlyStopping(2).create(null);

    @BeforeEach
    void start() {
        stopping.started(trainer);
    }

    private void validate(boolean... best) {
        for (boolean each : best) {
            stopping.validated(Reports.validation(1, 1, each));
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
        Listener resumed = new EarlyStopping(2).create(null);
        resumed.restore(state);
        resumed.started(trainer);
        verify(trainer, never()).finish(ArgumentMatchers.anyString());
        resumed.validated(Reports.validation(2, 1, false));
        verify(trainer).finish(REASON);
    }

    @Test
    void aRunThatItEndedStaysEnded() {
        validate(false, false);
        Listener resumed = new EarlyStopping(2).create(null);
        resumed.restore(stopping.state());
        resumed.started(trainer);
        verify(trainer, org.mockito.Mockito.times(2)).finish(REASON);
    }
}

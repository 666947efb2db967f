package org.rnn4j.run.inject;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import com.google.inject.Scopes;
import com.google.inject.util.Modules;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.run.RunServices;
import org.rnn4j.run.RunServices.DataLoader;
import org.rnn4j.run.RunServices.ModelFactory;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.run.listener.Displays;
import org.rnn4j.run.listener.RunFolder;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Trainer;

/**
 * Wires a run from one configuration file. It binds the services that the run takes from the surrounding program, and an application can replace any
 * of them: {@link RunFolder} (where files go), {@link Displays} (shows progress), {@link DataLoader}, {@link ModelFactory}, {@link Clock} and
 * {@link TypeRegistry} (the types that a configuration can name).
 *
 * <pre>{@code
 * TrainingRun run = RunModule.run(Path.of("run.yaml"), Path.of("runs/1"), new AbstractModule() {
 *     protected void configure() {
 *         bind(Displays.class).toInstance(between -> new StatusPage());
 *     }
 * });
 * run.start();
 * }</pre>
 *
 * <p>It is {@link TrainingRun#of} with a {@link RunServices} of these bindings. Everything is bound to an instance or a provider, and must be bound
 * explicitly: no class is instantiated by reflection, so no module has to be opened and no JDK warns.
 */
public final class RunModule extends AbstractModule {
    private final Path configuration;
    private final Path folder;

    /**
     * The wiring of a run, for an injector; {@link #run} is shorter if the injector has no other use.
     *
     * @param configuration see {@link org.rnn4j.run.RunConfiguration}
     * @param folder where the run's files go, see {@link RunFolder}
     */
    public RunModule(Path configuration, Path folder) {
        this.configuration = configuration;
        this.folder = folder;
    }

    /**
     * A run, ready to start.
     *
     * @param mine the application's own bindings, which replace the defaults or are added to them
     * @throws RuntimeException the original failure, not wrapped by Guice
     */
    public static TrainingRun run(Path configuration, Path folder, Module... mine) {
        Module whole = Modules.override(new RunModule(configuration, folder)).with(mine);
        return unwrapped(() -> Guice.createInjector(whole).getInstance(TrainingRun.class));
    }

    /** Guice wraps a failure to say where in the wiring it happened, which is of no interest to the user of a run. */
    private static <R> R unwrapped(Supplier<R> part) {
        try {
            return part.get();
        } catch (ProvisionException | CreationException e) {
            Throwable cause = e;
            while (cause instanceof ProvisionException || cause instanceof CreationException) {
                cause = cause.getCause();
            }
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        RunServices usual = RunServices.usual();
        bind(RunFolder.class).toInstance(new RunFolder(folder));
        bind(Displays.class).toInstance(usual.displays());
        bind(DataLoader.class).toInstance(usual.data());
        bind(ModelFactory.class).toInstance(usual.models());
        bind(Clock.class).toInstance(usual.clock());
        single(TypeRegistry.class, TypeRegistry::load);

        Provider<DataLoader> data = getProvider(DataLoader.class);
        Provider<ModelFactory> models = getProvider(ModelFactory.class);
        Provider<Displays> displays = getProvider(Displays.class);
        Provider<Clock> clock = getProvider(Clock.class);
        single(RunServices.class, () -> new RunServices(data.get(), models.get(), displays.get(), clock.get()));

        Provider<RunFolder> files = getProvider(RunFolder.class);
        Provider<TypeRegistry> types = getProvider(TypeRegistry.class);
        Provider<RunServices> services = getProvider(RunServices.class);
        single(TrainingRun.class, () -> TrainingRun.of(configuration, files.get(), types.get(), services.get()));
        Provider<TrainingRun> run = getProvider(TrainingRun.class);
        single(Trainer.class, () -> run.get().trainer());
        single(DataSet.class, () -> run.get().data());
    }

    private <T> void single(Class<T> type, Provider<T> provider) {
        bind(type).toProvider(provider).in(Scopes.SINGLETON);
    }
}

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
 * Wires a run from one configuration file. What the run takes from the program around it is bound here, and an application replaces what it has
 * an own one of: {@link RunFolder} (where files go), {@link Displays} (where progress is shown), {@link DataLoader}, {@link ModelFactory},
 * {@link Clock} and {@link TypeRegistry} (what the names in a configuration mean).
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
 * explicitly: no class is made by reflection, so that no module has to be opened and no JDK warns.
 */
public final class RunModule extends AbstractModule {
    private final Path configuration;
    private final Path folder;

    /**
     * The wiring of a run, for an injector; {@link #run} is shorter where nothing else is wanted of it.
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
     * @param mine what an application binds otherwise, or beside
     * @throws RuntimeException what was wrong, as it was said where it was found and not wrapped by Guice
     */
    public static TrainingRun run(Path configuration, Path folder, Module... mine) {
        Module whole = Modules.override(new RunModule(configuration, folder)).with(mine);
        return unwrapped(() -> Guice.createInjector(whole).getInstance(TrainingRun.class));
    }

    /** What Guice wraps around a failure says where it happened in the wiring; the user asked for a run. */
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

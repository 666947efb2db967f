package org.rnn4j.tests;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A program that runs test classes, one after the other, and ends with the first test that fails. */
final class FirstFailure {
    /** The status where a test failed; its name is printed. */
    static final int FAILED = 3;

    private FirstFailure() {}

    public static void main(String[] testClasses) {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        for (String testClass : testClasses) {
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(testClass))
                    .filters(TagFilter.excludeTags("fuzz", "kills", "stress", "figures", "mutants"))
                    .configurationParameter("jqwik.database", "")
                    .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                    .build();
            LauncherFactory.create().execute(request, new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                        String simple = testClass.substring(testClass.lastIndexOf('.') + 1);
                        out.println(simple + ": " + test.getDisplayName() + ": "
                                + result.getThrowable().map(FirstFailure::line).orElse(""));
                        out.flush();
                        // Not exit: what the tests have begun need not end.
                        Runtime.getRuntime().halt(FAILED);
                    }
                }
            });
        }
        Runtime.getRuntime().halt(0);
    }

    private static String line(Throwable failure) {
        return failure.toString().lines().findFirst().orElse("");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/conformance.md says what the tests of this package say: no row without a test, no test without a row. */
class ConformanceTableTest {
    private static final int SCRIPTED = 115;
    private static final int UNSCRIPTED = 6;

    /** A row: purpose, expectation, where RFC 9260 has it, test, result. */
    private record Row(String purpose, String expectation, String section, String test, String result) {
    }

    private static List<Row> rows() throws Exception {
        return Files.readAllLines(Path.of("..", "docs", "conformance.md")).stream()
            .filter(line -> line.startsWith("| SCTP_")).map(line -> line.split("\\|")).peek(cells ->
                assertThat(cells).as("a purpose, four cells about it, and what stands before the first").hasSize(6))
            .map(cells -> new Row(cells[1].strip(), cells[2].strip(), cells[3].strip(), cells[4].strip(),
                cells[5].strip())).toList();
    }

    private static Map<String, String> tests() throws Exception {
        final File[] files = new File(ConformanceTableTest.class.getResource(".").toURI())
            .listFiles((directory, name) -> name.endsWith("Test.class"));
        final Map<String, String> tests = new TreeMap<>();
        for (final File file : files) {
            final Class<?> type = Class.forName(ConformanceTableTest.class.getPackageName() + "."
                + file.getName().replace(".class", ""));
            for (final Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class) && method.getName().startsWith("sctp_")) {
                    final String purpose = method.getName().toUpperCase(Locale.ROOT);
                    final String name = method.getAnnotation(DisplayName.class).value();
                    assertThat(name).startsWith(purpose + ": ");
                    final String before = tests.put(purpose, name.substring(purpose.length() + 2)
                        + " | `" + type.getSimpleName() + "." + method.getName() + "`");
                    assertThat(before).as("a second test of " + purpose).isNull();
                }
            }
        }
        return tests;
    }

    @Test
    void everyTestHasItsRowAndEveryRowItsTest() throws Exception {
        final Map<String, String> documented = new TreeMap<>();
        for (final Row row : rows()) {
            assertThat(row.section()).as(row.purpose()).isNotEmpty();
            if (row.result().equals("pass")) {
                documented.put(row.purpose(), row.expectation() + " | " + row.test());
            } else {
                assertThat(row.result()).as(row.purpose()).matches("not applicable: .{20,}");
            }
        }
        assertThat(documented).isEqualTo(tests());
    }

    @Test
    void everyPurposeStandsThereOnce() throws Exception {
        assertThat(rows()).extracting(Row::purpose).doesNotHaveDuplicates().hasSize(SCRIPTED + UNSCRIPTED);
    }
}

package io.grouppulse.publish;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One table of a report, before it is written in a language and a format.
 *
 * @param title key of a word; {@code columns} likewise
 * @param rows as many cells as there are columns
 */
record ReportTable(String title, List<String> columns, List<List<Cell>> rows) {
    ReportTable(String title, String... columns) {
        this(title, List.of(columns), new ArrayList<>());
    }

    ReportTable add(Cell... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** What a cell holds decides how it is written and aligned. */
    enum Kind {
        /** As somebody wrote it: never to be trusted. */
        TEXT,
        WORD,
        NUMBER
    }

    record Cell(Kind kind, String text) {
        static Cell text(@Nullable String text) {
            return text == null ? new Cell(Kind.WORD, "none") : new Cell(Kind.TEXT, text);
        }

        static Cell word(String key) {
            return new Cell(Kind.WORD, key);
        }

        static Cell number(@Nullable Number number) {
            return new Cell(Kind.NUMBER, number == null ? "" : number.toString());
        }

        /** Minor units, shown in major ones. */
        static Cell money(@Nullable Long minor) {
            return new Cell(
                    Kind.NUMBER,
                    minor == null ? "" : BigDecimal.valueOf(minor, 2).toPlainString());
        }

        /** A share, to four digits. */
        static Cell ratio(@Nullable Double value) {
            return new Cell(
                    Kind.NUMBER,
                    value == null
                            ? ""
                            : BigDecimal.valueOf(value)
                                    .setScale(4, RoundingMode.HALF_UP)
                                    .toPlainString());
        }
    }
}

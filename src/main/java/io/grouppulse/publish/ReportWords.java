package io.grouppulse.publish;

import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The words of a report in one language. */
public enum ReportWords {
    ZH("zh-CN"),
    EN("en");

    private final String tag;
    private final ResourceBundle words;

    ReportWords(String tag) {
        this.tag = tag;
        this.words = ResourceBundle.getBundle(
                "report.words",
                Locale.forLanguageTag(name().toLowerCase(Locale.ROOT)),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** The language as queries name it, or null if there is no such. */
    public static @Nullable ReportWords ofWireName(String name) {
        return switch (name) {
            case "zh" -> ZH;
            case "en" -> EN;
            default -> null;
        };
    }

    /** As HTML names the language. */
    String tag() {
        return tag;
    }

    String word(String key) {
        return words.getString(key);
    }

    /** What a cell says. */
    String cell(ReportTable.Cell cell) {
        return cell.kind() == ReportTable.Kind.WORD ? word(cell.text()) : cell.text();
    }
}

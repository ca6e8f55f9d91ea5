package io.grouppulse.publish;

import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The words of a report in one language. */
public enum ReportWords {
    ZH("zh-CN"),
    EN("en");

    private final String tag;

    ReportWords(String tag) {
        this.tag = tag;
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

    /** The bundle is read once and kept by the platform. */
    String word(String key) {
        return ResourceBundle.getBundle(
                        "report.words",
                        Locale.forLanguageTag(tag),
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
    }

    /** What a cell says. */
    String cell(ReportTable.Cell cell) {
        return cell.kind() == ReportTable.Kind.WORD ? word(cell.text()) : cell.text();
    }
}

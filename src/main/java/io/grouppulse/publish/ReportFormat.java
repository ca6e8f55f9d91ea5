package io.grouppulse.publish;

import io.grouppulse.publish.ReportTable.Cell;
import io.grouppulse.publish.ReportTable.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** How a report is written down. */
public enum ReportFormat {
    /** A page without scripts, to be read and printed. */
    HTML("text/html; charset=utf-8") {
        @Override
        String write(ReportWords words, String title, List<ReportTable> tables) {
            StringBuilder page = new StringBuilder("<!DOCTYPE html><html lang=\"")
                    .append(words.tag())
                    .append("\"><head><meta charset=\"utf-8\"><title>")
                    .append(escaped(title + " · " + words.word("title")))
                    .append("</title><style>")
                    .append(STYLE)
                    .append("</style></head><body><h1>")
                    .append(escaped(title))
                    .append("</h1>");
            tables.forEach(table -> section(page, words, table));
            return page.append("<p>")
                    .append(escaped(words.word("note")))
                    .append("</p></body></html>")
                    .toString();
        }
    },
    /** RFC 4180, with the mark by which Excel knows UTF-8; no cell can be taken for a formula. */
    CSV("text/csv; charset=utf-8; header=absent") {
        @Override
        String write(ReportWords words, String title, List<ReportTable> tables) {
            StringBuilder file = new StringBuilder("\uFEFF");
            for (ReportTable table : tables) {
                line(file, List.of(words.word(table.title())));
                line(file, table.columns().stream().map(words::word).toList());
                for (List<Cell> row : table.rows()) {
                    line(file, row.stream().map(cell -> harmless(words, cell)).toList());
                }
                file.append("\r\n");
            }
            return file.toString();
        }
    };

    private static final String STYLE = "body{font:14px/1.5 system-ui,'Noto Sans CJK SC',sans-serif;max-width:60em;"
            + "margin:2em auto;padding:0 1em;color:#111}table{border-collapse:collapse;width:100%;margin-bottom:1.5em}"
            + "th,td{border-bottom:1px solid #bbb;padding:.25em .5em;text-align:left;overflow-wrap:anywhere}"
            + ".n{text-align:right;font-variant-numeric:tabular-nums}section{break-inside:avoid}"
            + "@media print{body{margin:0;max-width:none}}";

    /** Only this style, and nothing from anywhere. */
    public static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String mediaType;

    ReportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    abstract String write(ReportWords words, String title, List<ReportTable> tables);

    private static void section(StringBuilder page, ReportWords words, ReportTable table) {
        page.append("<section><h2>").append(escaped(words.word(table.title()))).append("</h2><table><thead><tr>");
        table.columns()
                .forEach(column -> page.append("<th scope=\"col\">")
                        .append(escaped(words.word(column)))
                        .append("</th>"));
        page.append("</tr></thead><tbody>");
        for (List<Cell> row : table.rows()) {
            page.append("<tr>");
            row.forEach(cell -> page.append(cell.kind() == Kind.NUMBER ? "<td class=\"n\">" : "<td>")
                    .append(escaped(words.cell(cell)))
                    .append("</td>"));
            page.append("</tr>");
        }
        page.append("</tbody></table></section>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A text that a spreadsheet would compute gets an apostrophe before it; numbers are our own. */
    private static String harmless(ReportWords words, Cell cell) {
        String text = words.cell(cell);
        return cell.kind() == Kind.TEXT && !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0
                ? "'" + text
                : text;
    }

    private static void line(StringBuilder file, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean quoted = cell.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
            file.append(i > 0 ? "," : "").append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        file.append("\r\n");
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

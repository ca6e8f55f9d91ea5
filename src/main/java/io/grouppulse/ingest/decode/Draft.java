package io.grouppulse.ingest.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.grouppulse.domain.time.Rfc3339;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object as far as they were read; reused from event to event. */
final class Draft {
    private static final int MAX_LONG_DIGITS = 18;

    private final @Nullable String[] texts = new @Nullable String[Field.COUNT];
    private final long[] numbers = new long[Field.COUNT];
    private final TextCache recurring;
    private int seen;
    private int present;
    private int wrong;

    Draft(TextCache recurring) {
        this.recurring = recurring;
    }

    void reset() {
        Arrays.fill(texts, null);
        seen = 0;
        present = 0;
        wrong = 0;
    }

    /** Notes that the field's name was met; false if it had been before. */
    boolean meet(Field field) {
        boolean first = (seen & field.bit()) == 0;
        seen |= field.bit();
        return first;
    }

    /** Takes the scalar at which the parser stands. */
    void take(Field field, JsonToken token, JsonParser parser) throws IOException {
        switch (token) {
            case VALUE_NULL -> {}
            case VALUE_STRING -> takeText(field, field.recurs() ? recurring.read(parser) : parser.getText());
            case VALUE_NUMBER_INT -> takeNumber(field, parser);
            default -> spoil(field);
        }
    }

    /** Notes a value of a kind that the field cannot have. */
    void spoil(Field field) {
        wrong |= field.bit();
    }

    /** Takes from {@code other} what this draft says nothing of. */
    void fill(Field field, Draft other) {
        if (((present | wrong) & field.bit()) == 0) {
            texts[field.slot()] = other.texts[field.slot()];
            numbers[field.slot()] = other.numbers[field.slot()];
            present |= other.present & field.bit();
            wrong |= other.wrong & field.bit();
        }
    }

    int present() {
        return present;
    }

    int wrong() {
        return wrong;
    }

    boolean has(Field field) {
        return (present & field.bit()) != 0;
    }

    /** The text of a field that is present, null if it is not. */
    @Nullable String text(Field field) {
        return texts[field.slot()];
    }

    /** The text of a field that is known to be present. */
    String need(Field field) {
        return Objects.requireNonNull(texts[field.slot()]);
    }

    long number(Field field, long absent) {
        return has(field) ? numbers[field.slot()] : absent;
    }

    private void takeText(Field field, String text) {
        if (field == Field.TS) {
            putNumber(field, Rfc3339.parseMillis(text));
        } else if (!field.isNumber() && field.acceptsText(text)) {
            texts[field.slot()] = text;
            present |= field.bit();
        } else {
            spoil(field);
        }
    }

    private void takeNumber(Field field, JsonParser parser) throws IOException {
        // all limits have fewer digits; longer numbers are not worth converting
        if (parser.getTextLength() > MAX_LONG_DIGITS) {
            spoil(field);
        } else {
            putNumber(field, parser.getLongValue());
        }
    }

    private void putNumber(Field field, long number) {
        if (field.acceptsNumber(number)) {
            numbers[field.slot()] = number;
            present |= field.bit();
        } else {
            spoil(field);
        }
    }
}

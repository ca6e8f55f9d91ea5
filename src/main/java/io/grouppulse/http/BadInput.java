package io.grouppulse.http;

import org.jspecify.annotations.Nullable;

/** A request that says something it may not say; what {@link StrictJson} and readers of parameters find. */
public final class BadInput extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final @Nullable String field;

    public BadInput(String code, @Nullable String field, String detail) {
        super(detail);
        this.code = code;
        this.field = field;
    }

    public static BadInput badField(String field, String detail) {
        return new BadInput("bad_field", field, detail);
    }

    public static BadInput missingField(String field, String detail) {
        return new BadInput("missing_field", field, detail);
    }

    public static BadInput malformed(String detail) {
        return new BadInput("malformed_json", null, detail);
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public Problem toProblem() {
        Problem problem = Problem.of(400, code, detail());
        return field == null ? problem : problem.at(field);
    }
}

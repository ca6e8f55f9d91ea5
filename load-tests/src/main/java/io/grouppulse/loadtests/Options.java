package io.grouppulse.loadtests;

import java.util.HashMap;
import java.util.Map;

/** Options of the form {@code name=value}. */
final class Options {
    private final Map<String, String> values = new HashMap<>();

    Options(String[] args) {
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("expected name=value, got " + arg);
            }
            values.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
    }

    /** The same with another default. */
    Options otherwise(String name, String value) {
        values.putIfAbsent(name, value);
        return this;
    }

    /** What one part of a whole is told: {@code part.name=value} goes before {@code name=value}, other parts' are left out. */
    Options of(String part) {
        Options own = new Options(new String[0]);
        values.forEach((name, value) -> {
            if (name.indexOf('.') < 0) {
                own.values.putIfAbsent(name, value);
            } else if (name.startsWith(part + ".")) {
                own.values.put(name.substring(part.length() + 1), value);
            }
        });
        return own;
    }

    Map<String, String> all() {
        return Map.copyOf(values);
    }

    int number(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }
}

package io.grouppulse.nodes;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/** The fingerprint of all that messages are made of: two nodes understand each other if it is the same. */
final class Format {
    private static final String OURS = "io.grouppulse.";

    private Format() {}

    /** Of the classes nested in these, and of all of ours that stand in their fields, however deep. */
    static String of(Class<?>... messages) {
        TreeSet<String> seen = new TreeSet<>();
        TreeSet<String> lines = new TreeSet<>();
        Deque<Class<?>> left = new ArrayDeque<>();
        Arrays.stream(messages).forEach(type -> left.addAll(Arrays.asList(type.getDeclaredClasses())));
        while (!left.isEmpty()) {
            Class<?> type = left.pop();
            if (type.isArray()) {
                left.push(type.getComponentType());
            } else if (type.getName().startsWith(OURS) && seen.add(type.getName())) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        lines.add(type.getName() + " " + field.getName() + " " + field.getGenericType());
                        add(field.getGenericType(), left);
                    } else if (field.isEnumConstant()) {
                        lines.add(type.getName() + " " + field.getName());
                    }
                }
            }
        }
        CRC32C sum = new CRC32C();
        lines.forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
        return Long.toHexString(sum.getValue());
    }

    private static void add(Type type, Deque<Class<?>> left) {
        if (type instanceof Class<?> plain) {
            left.push(plain);
        } else if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                add(argument, left);
            }
        }
    }
}

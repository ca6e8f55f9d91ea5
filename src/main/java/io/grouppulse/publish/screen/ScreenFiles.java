package io.grouppulse.publish.screen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files of the screens, read once from the class path; every page begins with the one head that all share. */
final class ScreenFiles {
    private static final Pattern PAGE = Pattern.compile("/[a-z-]+\\.html");
    private static final Pattern PART = Pattern.compile("/(js/)?[a-z-]+\\.(js|css|svg)");

    private final byte[] head = read("/web/head.html").orElseThrow();
    private final Map<String, ScreenFile> known = new ConcurrentHashMap<>();

    /** The file at that path of an address, empty if the screens have none there. */
    Optional<ScreenFile> at(String path) {
        String name = path.equals("/") ? "/index.html" : path;
        // Only what looks like one of them is remembered or looked for: an address is anybody's to choose.
        if (PAGE.matcher(name).matches()) {
            return remembered(name, "/web/pages" + name, head);
        }
        return PART.matcher(name).matches() ? remembered(name, "/web" + name, new byte[0]) : Optional.empty();
    }

    private Optional<ScreenFile> remembered(String name, String resource, byte[] before) {
        ScreenFile file = known.get(name);
        if (file != null) {
            return Optional.of(file);
        }
        Optional<ScreenFile> found = read(resource).map(own -> ScreenFile.of(name, joined(before, own)));
        found.ifPresent(made -> known.put(name, made));
        return found;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static Optional<byte[]> read(String resource) {
        try (InputStream in = ScreenFiles.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

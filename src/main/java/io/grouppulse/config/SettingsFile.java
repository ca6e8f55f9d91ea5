package io.grouppulse.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The text of a settings file, or a clear word on why it cannot be one. */
final class SettingsFile {
    private static final int LARGEST = 1 << 20;

    private SettingsFile() {}

    /**
     * @param name what to call the file
     * @throws ConfigException if the file is missing, unreadable, too large, empty or no text
     */
    static String read(Path file, String name) {
        byte[] bytes = bytes(file, name);
        if (bytes.length > LARGEST) {
            throw new ConfigException("settings file " + name + " is larger than 1MiB");
        }
        String text = text(name, bytes);
        if (text.isBlank()) {
            throw new ConfigException("settings file " + name + " is empty; write at least one key or a # comment");
        }
        return text;
    }

    private static byte[] bytes(Path file, String name) {
        if (Files.isDirectory(file)) {
            throw new ConfigException("settings file " + name + " is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException e) {
            throw new ConfigException("settings file " + name + " does not exist");
        } catch (AccessDeniedException e) {
            throw new ConfigException("settings file " + name + " must not be read: permission denied");
        } catch (IOException e) {
            throw new ConfigException("settings file " + name + " cannot be read: " + e.getMessage());
        }
    }

    static String text(String name, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return text.startsWith("\uFEFF") ? text.substring(1) : text;
            }
        } catch (CharacterCodingException e) {
            // Falls through: the same answer as for a NUL.
        }
        throw new ConfigException("settings file " + name + " is not UTF-8 text");
    }
}

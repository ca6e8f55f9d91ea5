package io.grouppulse.ingest.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A JSON parser that goes from document to document: one that waits for more input does so also after the end of an
 * object. It has to be replaced after a fault, and when strangers have filled its table of names.
 */
final class ReusableParser {
    static final int MAX_DEPTH = 64;

    private static final int MAX_FOREIGN_NAME_CHARS = 256 * 1024;

    private JsonFactory factory = newFactory();
    private JsonParser parser = open(factory);
    private int foreignNameChars;

    JsonParser parser() {
        return parser;
    }

    /** Sets the parser before the next document, which is fed whole. */
    void feed(byte[] bytes, int from, int to) throws IOException {
        ((ByteArrayFeeder) parser.getNonBlockingInputFeeder()).feedInput(bytes, from, to);
    }

    /** How many of the bytes fed the parser has not looked at. */
    int unread() throws IOException {
        return parser.releaseBuffered(OutputStream.nullOutputStream());
    }

    /** Notes a name that is in the table now and need not come again. */
    void noteForeignName(String name) {
        foreignNameChars += name.length();
    }

    /** To be called after each document. */
    void settle(boolean faulty) {
        boolean crowded = foreignNameChars > MAX_FOREIGN_NAME_CHARS;
        if (crowded) {
            foreignNameChars = 0;
            factory = newFactory();
        }
        if (faulty || crowded) {
            close(parser);
            parser = open(factory);
        }
    }

    private static JsonParser open(JsonFactory factory) {
        try {
            return factory.createNonBlockingByteArrayParser();
        } catch (IOException e) {
            throw new IllegalStateException("a parser without a file cannot fail to open", e);
        }
    }

    private static void close(JsonParser parser) {
        try {
            parser.close();
        } catch (IOException e) {
            throw new IllegalStateException("a parser without a file cannot fail to close", e);
        }
    }

    private static JsonFactory newFactory() {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNameLength(EventDecoder.MAX_BYTES)
                .maxNumberLength(EventDecoder.MAX_BYTES)
                .build();
        return JsonFactory.builder()
                .streamReadConstraints(limits)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .build();
    }
}

package io.grouppulse.ingest.http;

import io.grouppulse.ingest.decode.EventDecoder.Shape;
import io.grouppulse.ingest.decode.JsonSplitter;
import io.grouppulse.ingest.decode.LineSplitter;
import io.grouppulse.ingest.decode.Splitter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The media types in which events may come. */
enum BodyFormat {
    JSON("application/json", Shape.PLAIN),
    NDJSON("application/x-ndjson", Shape.PLAIN),
    CLOUD_EVENT("application/cloudevents+json", Shape.CLOUD_EVENT),
    CLOUD_EVENTS("application/cloudevents-batch+json", Shape.CLOUD_EVENT);

    static final String ALL =
            "application/json, application/x-ndjson, application/cloudevents+json, application/cloudevents-batch+json";

    private final String mediaType;
    private final Shape shape;

    BodyFormat(String mediaType, Shape shape) {
        this.mediaType = mediaType;
        this.shape = shape;
    }

    /** The format that a Content-Type names, or null: another type, or another charset than UTF-8. */
    static @Nullable BodyFormat of(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        if (semicolon >= 0 && !isUtf8(contentType.substring(semicolon + 1))) {
            return null;
        }
        for (BodyFormat format : values()) {
            if (format.mediaType.equalsIgnoreCase(type.strip())) {
                return format;
            }
        }
        return null;
    }

    Shape shape() {
        return shape;
    }

    Splitter splitter(Splitter.Pieces pieces) {
        return this == NDJSON ? new LineSplitter(pieces) : new JsonSplitter(pieces);
    }

    private static boolean isUtf8(String parameters) {
        int from = 0;
        while (from <= parameters.length()) {
            int semicolon = parameters.indexOf(';', from);
            int to = semicolon < 0 ? parameters.length() : semicolon;
            String parameter = parameters.substring(from, to).strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("charset=")
                    && !parameter.equals("charset=utf-8")
                    && !parameter.equals("charset=\"utf-8\"")) {
                return false;
            }
            from = to + 1;
        }
        return true;
    }
}

package io.grouppulse.ingest.decode;

/**
 * Splits one JSON document: the elements of an array one by one, or a single object. It follows strings and brackets
 * only; whether an element is sound JSON is the decoder's business. After a fault between elements the rest of the
 * body is one refused stretch.
 */
public final class JsonSplitter implements Splitter {
    private static final byte[] NOTHING = {};
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private enum State {
        START,
        FIRST_ELEMENT,
        ELEMENT,
        INSIDE,
        SEPARATOR,
        CLOSED,
        OBJECT_CLOSED,
        BROKEN
    }

    private final Pieces pieces;
    private final Carry carry = new Carry();
    private State state = State.START;
    private boolean array;
    private boolean inString;
    private boolean escaped;
    private int depth;
    private int markSeen;

    public JsonSplitter(Pieces pieces) {
        this.pieces = pieces;
    }

    @Override
    public void feed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && state != State.BROKEN) {
            at = state == State.INSIDE ? element(bytes, at, to) : between(bytes, at);
        }
    }

    @Override
    public void end() {
        switch (state) {
            case OBJECT_CLOSED -> carry.flush(pieces);
            case FIRST_ELEMENT, ELEMENT, SEPARATOR -> refuse("the array does not end");
            case INSIDE -> {
                carry.clear();
                refuse(array ? "the array does not end" : "the object does not end");
            }
            case START, CLOSED, BROKEN -> {}
        }
        state = state == State.CLOSED ? State.CLOSED : State.BROKEN;
    }

    @Override
    public boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Handles one byte outside of elements; returns where to go on. */
    private int between(byte[] bytes, int at) {
        byte b = bytes[at];
        if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            return at + 1;
        }
        return switch (state) {
            case START -> start(b, at);
            case FIRST_ELEMENT -> b == ']' ? close(at) : open(b, at);
            case ELEMENT -> open(b, at);
            case SEPARATOR -> separator(b, at);
            default -> broken("something follows the end of the document", at);
        };
    }

    private int start(byte b, int at) {
        if (markSeen < MARK.length && b == MARK[markSeen]) {
            markSeen++;
            return at + 1;
        }
        if (markSeen % MARK.length != 0 || (b != '[' && b != '{')) {
            return broken("the body is neither a JSON object nor an array", at);
        }
        array = b == '[';
        state = array ? State.FIRST_ELEMENT : State.INSIDE;
        depth = 0;
        return array ? at + 1 : at;
    }

    private int separator(byte b, int at) {
        if (b == ']') {
            return close(at);
        }
        if (b != ',') {
            return broken("a comma is missing between elements", at);
        }
        state = State.ELEMENT;
        return at + 1;
    }

    private int open(byte b, int at) {
        if (b == ',' || b == ']' || b == '}') {
            return broken("an element is missing", at);
        }
        depth = 0;
        inString = false;
        escaped = false;
        state = State.INSIDE;
        return at;
    }

    private int close(int at) {
        state = State.CLOSED;
        return at + 1;
    }

    /** Follows the element to its end or to the end of the chunk; returns where to go on. */
    private int element(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (inString) {
                followString(b);
            } else if (b == '"') {
                inString = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                if (depth == 0) {
                    return complete(bytes, from, i);
                }
                if (--depth == 0) {
                    return complete(bytes, from, i + 1);
                }
            } else if (b == ',' && depth == 0) {
                return complete(bytes, from, i);
            }
        }
        carry.append(bytes, from, to);
        return to;
    }

    private void followString(byte b) {
        if (escaped) {
            escaped = false;
        } else if (b == '\\') {
            escaped = true;
        } else if (b == '"') {
            inString = false;
        }
    }

    private int complete(byte[] bytes, int from, int to) {
        if (!array) {
            // held until the end of the body shows that nothing follows
            carry.append(bytes, from, to);
            state = State.OBJECT_CLOSED;
        } else {
            if (carry.isEmpty()) {
                Carry.pass(pieces, bytes, from, to);
            } else {
                carry.append(bytes, from, to);
                carry.flush(pieces);
            }
            state = State.SEPARATOR;
        }
        return to;
    }

    private int broken(String detail, int at) {
        carry.clear();
        refuse(detail);
        state = State.BROKEN;
        return at;
    }

    /** What stands at such a place may be the inside of a text, and texts are not kept: nothing of it is shown. */
    private void refuse(String detail) {
        pieces.refused(detail, NOTHING, 0, 0);
    }
}

package io.grouppulse.fuzz;

import java.util.List;

/** A parser under fuzzing. */
public interface ParserFuzz {

    /** Feeds one input; refusing it is in order, and whatever is thrown is a finding. */
    void feed(byte[] input) throws Exception;

    /** Sound inputs, to be damaged. */
    List<byte[]> seeds();
}

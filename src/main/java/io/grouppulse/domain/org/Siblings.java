package io.grouppulse.domain.org;

/**
 * The groups whose first path is one node.
 *
 * @param heard those of them that are lively, normal or quiet
 */
public record Siblings(int groups, int heard) {}

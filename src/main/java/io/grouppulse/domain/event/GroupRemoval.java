package io.grouppulse.domain.event;

/** The registry's word that a group is gone: its state is dropped. */
public record GroupRemoval(String group) implements GroupInput {}

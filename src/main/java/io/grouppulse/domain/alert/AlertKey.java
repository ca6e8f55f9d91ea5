package io.grouppulse.domain.alert;

/** What can be wrong once at a time: a kind of alert and the id of its subject. */
public record AlertKey(AlertKind kind, String subject) {}

package io.grouppulse.domain.event;

/**
 * The registry's word that a member is to be forgotten: from here on a substitute, made by chance and told to nobody,
 * stands wherever the id stood, so that every sum stays what it was. It concerns all groups of all shards.
 */
public record MemberErasure(String member, String substitute) implements GroupInput {
    @Override
    public String group() {
        return "";
    }
}

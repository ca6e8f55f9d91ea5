package io.grouppulse.eventlog.redis;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** The steps that Redis carries out as one. Each names its keys, all of one shard. */
final class Scripts {
    static final String DONE = "done";
    static final String FENCED = "fenced";
    static final String REGRESSED = "regressed";

    // Each entry names the one before it: who follows sees whether the log it reads is still the log it read.
    private static final String APPEND = """
        local last = redis.call('HMGET', KEYS[2], 'end', 'tag')
        local position = string.format('%.0f', (tonumber(last[1]) or 0) + 1)
        local before = last[2] or ''
        redis.call('XADD', KEYS[1], '0-' .. position, 'tag', ARGV[1], 'before', before,
            'received', ARGV[2], 'asof', ARGV[3], 'inputs', ARGV[4])
        redis.call('HSET', KEYS[2], 'end', position, 'tag', ARGV[1])
        return {position, before}
        """;

    // A follower may have seen entries that a new master never had: then their tags differ, and nothing is saved.
    // A save holds what changed since the one before it: if a new master never had that one, nothing is saved either.
    private static final String SAVE = """
        local state = redis.call('HMGET', KEYS[1], 'owner', 'epoch', 'end', 'tag', 'saved', 'savedTag', 'save')
        if state[1] ~= ARGV[1] or state[2] ~= ARGV[2] then return 'fenced' end
        local position, tag = ARGV[3], ARGV[4]
        if tag ~= '' then
            local held = false
            if position == state[5] then held = state[6]
            elseif position == state[3] then held = state[4]
            else
                local entry = redis.call('XRANGE', KEYS[3], '0-' .. position, '0-' .. position)[1]
                if entry then held = entry[2][2] end
            end
            if held ~= tag then return 'regressed' end
        end
        local save = state[7] or ''
        if ARGV[7] ~= '*' and save ~= ARGV[7] and save ~= ARGV[8] then return 'regressed' end
        if ARGV[5] == 'staged' then
            local staged = redis.call('HGETALL', KEYS[4])
            for i = 1, #staged, 2 do redis.call('HSET', KEYS[2], staged[i], staged[i + 1]) end
        end
        redis.call('DEL', KEYS[4])
        local removed = tonumber(ARGV[9])
        for i = 10, 9 + removed do redis.call('HDEL', KEYS[2], ARGV[i]) end
        for i = 10 + removed, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
        redis.call('HSET', KEYS[1], 'saved', position, 'savedTag', tag, 'save', ARGV[6])
        return 'done'
        """;

    private static final String STAGE = """
        local state = redis.call('HMGET', KEYS[1], 'owner', 'epoch')
        if state[1] ~= ARGV[1] or state[2] ~= ARGV[2] then return 'fenced' end
        if ARGV[3] == 'first' then redis.call('DEL', KEYS[2]) end
        for i = 4, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
        return 'done'
        """;

    // Never beyond what is saved, whoever asks.
    private static final String RELEASE = """
        local saved = tonumber(redis.call('HGET', KEYS[1], 'saved') or 0)
        local position = math.min(saved, tonumber(ARGV[1]))
        return redis.call('XTRIM', KEYS[2], 'MINID', '0-' .. string.format('%.0f', position + 1))
        """;

    private static final String CLAIM = """
        local holder = redis.call('GET', KEYS[2])
        if holder and holder ~= ARGV[1] then return {0, holder} end
        local epoch = redis.call('HINCRBY', KEYS[1], 'epoch', 1)
        redis.call('HSET', KEYS[1], 'owner', ARGV[1])
        redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
        return {epoch, ARGV[1]}
        """;

    private static final String RENEW = """
        local state = redis.call('HMGET', KEYS[1], 'owner', 'epoch')
        if state[1] ~= ARGV[1] or state[2] ~= ARGV[2] then return 'fenced' end
        redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[3])
        return 'done'
        """;

    private static final String HAND_OVER = """
        local state = redis.call('HMGET', KEYS[1], 'owner', 'epoch')
        if state[1] ~= ARGV[1] or state[2] ~= ARGV[2] then return 'fenced' end
        redis.call('DEL', KEYS[2])
        return 'done'
        """;

    private static final String REPLACE = """
        local state = redis.call('HMGET', KEYS[1], 'owner', 'epoch')
        if state[1] ~= ARGV[1] or state[2] ~= ARGV[2] then return 'fenced' end
        redis.call('SET', KEYS[2], ARGV[3])
        return 'done'
        """;

    // Redis computes SHA-1 by itself; against mistakes, not against an enemy, who could simply write.
    private static final String DIGEST = """
        local content = redis.call('GET', KEYS[1])
        return content and redis.sha1hex(content) or ''
        """;

    private static final String REPLACE_IF_SAME = """
        local content = redis.call('GET', KEYS[1])
        if (content and redis.sha1hex(content) or '') ~= ARGV[1] then return 'changed' end
        redis.call('SET', KEYS[1], ARGV[2])
        return 'done'
        """;

    // What another node has appended since is not to be lost.
    private static final String REPLACE_LIST_IF_SAME = """
        local newest = redis.call('LINDEX', KEYS[1], -1) or ''
        if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[1]) or newest ~= ARGV[2] then
            redis.call('DEL', KEYS[2])
            return 'changed'
        end
        if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('RENAME', KEYS[2], KEYS[1])
        else redis.call('DEL', KEYS[1]) end
        return 'done'
        """;

    private static final String AGREE = """
        redis.call('HSETNX', KEYS[1], 'format', ARGV[1])
        redis.call('HSETNX', KEYS[1], 'shards', ARGV[2])
        redis.call('HSETNX', KEYS[1], 'ids', ARGV[3])
        return redis.call('HMGET', KEYS[1], 'format', 'shards', 'ids')
        """;

    private Scripts() {}

    static Request append(ShardKeys keys, String tag, long receivedAt, long asOf, Buffer inputs) {
        return eval(APPEND, keys.log(), keys.state())
                .arg(tag)
                .arg(receivedAt)
                .arg(asOf)
                .arg(inputs);
    }

    /** To be followed by the number of removed keys, these keys, and then keys and records in turn. */
    static Request save(ShardKeys keys, Claim claim, long position, String tag, boolean isStaged, SaveChain.Next save) {
        return owned(eval(SAVE, keys.state(), keys.groups(), keys.log(), keys.staged()), claim)
                .arg(position)
                .arg(tag)
                .arg(isStaged ? "staged" : "whole")
                .arg(save.id())
                .arg(save.base())
                .arg(save.otherBase());
    }

    /** To be followed by keys and records in turn. */
    static Request stage(ShardKeys keys, Claim claim, boolean isFirst) {
        return owned(eval(STAGE, keys.state(), keys.staged()), claim).arg(isFirst ? "first" : "more");
    }

    static Request release(ShardKeys keys, long position) {
        return eval(RELEASE, keys.state(), keys.log()).arg(position);
    }

    static Request claim(ShardKeys keys, String owner, long leaseMillis) {
        return eval(CLAIM, keys.state(), keys.lease()).arg(owner).arg(leaseMillis);
    }

    static Request renew(ShardKeys keys, Claim claim, long leaseMillis) {
        return owned(eval(RENEW, keys.state(), keys.lease()), claim).arg(leaseMillis);
    }

    static Request handOver(ShardKeys keys, Claim claim) {
        return owned(eval(HAND_OVER, keys.state(), keys.lease()), claim);
    }

    static Request replace(ShardKeys keys, Claim claim, String document, byte[] content) {
        return owned(eval(REPLACE, keys.state(), document), claim).arg(content);
    }

    static Request digest(String document) {
        return eval(DIGEST, document);
    }

    static Request replaceIfSame(String document, String digest, byte[] content) {
        return eval(REPLACE_IF_SAME, document).arg(digest).arg(content);
    }

    /** @param draft the list that takes the place of the other, if that has still this size and this newest line */
    static Request replaceListIfSame(String list, String draft, int size, String newest) {
        return eval(REPLACE_LIST_IF_SAME, list, draft).arg(size).arg(newest);
    }

    static Request agree(String key, int format, int shards, String ids) {
        return eval(AGREE, key).arg(format).arg(shards).arg(ids);
    }

    private static Request owned(Request request, Claim claim) {
        return request.arg(claim.owner()).arg(claim.epoch());
    }

    private static Request eval(String script, String... keys) {
        Request request = Request.cmd(Command.EVAL).arg(script).arg(keys.length);
        for (String key : keys) {
            request.arg(key);
        }
        return request;
    }
}

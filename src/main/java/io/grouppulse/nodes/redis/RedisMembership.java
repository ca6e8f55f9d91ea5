package io.grouppulse.nodes.redis;

import io.grouppulse.nodes.Member;
import io.grouppulse.nodes.Membership;
import io.grouppulse.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A hash with what each node tells, and a lease for each node that is there. */
public final class RedisMembership implements Membership {
    private static final String NODES = "{gp}:nodes";
    private static final long TIMEOUT_MILLIS = 3_000;

    // A node whose lease has run out is forgotten by whoever comes next.
    private static final String TELL = """
        redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[4])
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
        local all = redis.call('HGETALL', KEYS[1])
        local there = {}
        for i = 1, #all, 2 do
            if redis.call('EXISTS', '{gp}:node:' .. all[i]) == 1 then
                there[#there + 1] = all[i]
                there[#there + 1] = all[i + 1]
            else
                redis.call('HDEL', KEYS[1], all[i])
            end
        end
        return there
        """;

    // Another life of the same node may have begun.
    private static final String LEAVE = """
        if redis.call('GET', KEYS[2]) ~= ARGV[2] then return 0 end
        redis.call('HDEL', KEYS[1], ARGV[1])
        return redis.call('DEL', KEYS[2], KEYS[3])
        """;

    private final RedisLink link;
    private final long leaseMillis;

    public RedisMembership(RedisLink link, long leaseMillis) {
        this.link = link;
        this.leaseMillis = leaseMillis;
    }

    static String lease(String node) {
        return "{gp}:node:" + node;
    }

    @Override
    public Future<List<Member>> tell(Member self) {
        Request tell = Request.cmd(Command.EVAL)
                .arg(TELL)
                .arg(2)
                .arg(NODES)
                .arg(lease(self.name()))
                .arg(self.name())
                .arg(self.life())
                .arg(self.told())
                .arg(leaseMillis);
        return link.send(tell, TIMEOUT_MILLIS).map(RedisMembership::members);
    }

    private static List<Member> members(Response there) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i + 1 < there.size(); i += 2) {
            members.add(Member.of(there.get(i).toString(), there.get(i + 1).toString()));
        }
        members.sort(Comparator.comparing(Member::name));
        return members;
    }

    @Override
    public Future<Void> leave(Member self) {
        Request leave = Request.cmd(Command.EVAL)
                .arg(LEAVE)
                .arg(3)
                .arg(NODES)
                .arg(lease(self.name()))
                .arg(RedisPost.inbox(self))
                .arg(self.name())
                .arg(self.life());
        return link.send(leave, TIMEOUT_MILLIS).mapEmpty();
    }
}

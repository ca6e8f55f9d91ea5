package io.grouppulse.ingest.callback.wecom;

import io.grouppulse.ingest.callback.Callback;
import io.grouppulse.ingest.callback.CallbackDoor;
import io.grouppulse.ingest.callback.CallbackMeters;
import io.grouppulse.ingest.callback.CallbackRequest;
import io.grouppulse.ingest.callback.MessageSeal;
import io.grouppulse.ingest.callback.RefusedCallback;
import io.grouppulse.ingest.callback.ReplayGuard;
import io.grouppulse.ingest.decode.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WeCom application that calls back. */
public final class WeComDoor implements CallbackDoor {
    private static final Logger LOG = LoggerFactory.getLogger(WeComDoor.class);

    private final String source;
    private final MessageSeal seal;
    private final String receiver;
    private final CallbackMeters meters;
    private final ReplayGuard replays = new ReplayGuard();
    private final RosterVersions versions;
    private final RosterChains chains;

    /** @param receiver the corp id or suite id that callbacks must be meant for */
    public WeComDoor(
            String source,
            String token,
            String aesKey,
            String receiver,
            RosterVersions versions,
            CallbackMeters meters) {
        this.source = source;
        this.seal = new MessageSeal(token, aesKey);
        this.receiver = receiver;
        this.versions = versions;
        this.chains = versions.chains(source);
        this.meters = meters;
    }

    @Override
    public String source() {
        return source;
    }

    /** WeCom takes an empty answer for thanks. */
    @Override
    public String thanks() {
        return "";
    }

    @Override
    public String verify(CallbackRequest request) throws RefusedCallback {
        return seal.open(request, request.needQuery("echostr"), receiver).text();
    }

    @Override
    public Callback read(CallbackRequest request) throws RefusedCallback {
        byte[] body = request.body().getBytes();
        if (!Utf8.isValid(body, 0, body.length)) {
            throw WeComXml.malformed("not valid UTF-8");
        }
        WeComXml envelope = WeComXml.read(new String(body, StandardCharsets.UTF_8));
        String text = seal.open(request, envelope.need("Encrypt"), receiver).text();
        String signature = request.needQuery("msg_signature");
        if (replays.isKnown(signature)) {
            return Callback.empty(Callback.Result.REPEATED);
        }
        WeComXml xml = WeComXml.read(text);
        if (!ChatChange.isOne(xml)) {
            return Callback.empty(Callback.Result.IGNORED);
        }
        return read(ChatChange.of(xml), signature);
    }

    private Callback read(ChatChange change, String signature) {
        if (!change.isOfMembers()) {
            if (change.isCreation()) {
                askForRoster(change, "created");
            }
            return Callback.empty(Callback.Result.IGNORED);
        }
        RosterChains.Step step = chains.follow(change.chat(), change.lastVersion(), change.currentVersion());
        if (step.link() == RosterChains.Link.REPEATED) {
            return Callback.empty(Callback.Result.REPEATED);
        }
        if (step.link() != RosterChains.Link.NEXT) {
            String reason = step.link().name().toLowerCase(Locale.ROOT);
            versions.missing(source, change.chat(), change.lastVersion(), () -> askForRoster(change, reason));
        } else if (!change.isComplete()) {
            askForRoster(change, "incomplete");
        }
        return new Callback(
                Callback.Result.TAKEN,
                change.events(),
                () -> {
                    replays.remember(signature);
                    versions.keep(source, step.chat(), step.after());
                },
                () -> chains.undo(step));
    }

    /** The changes are taken all the same: who is known to have come or gone has, whatever is missing in between. */
    private void askForRoster(ChatChange change, String reason) {
        meters.rosterGap(source, reason);
        LOG.info("roster needs a resync source={} group={} reason={}", source, change.chat(), reason);
    }
}

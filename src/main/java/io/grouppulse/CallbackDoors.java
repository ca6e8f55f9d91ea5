package io.grouppulse;

import io.grouppulse.config.SealedSource;
import io.grouppulse.config.Settings;
import io.grouppulse.config.ShopSource;
import io.grouppulse.config.YouzanSource;
import io.grouppulse.ingest.callback.CallbackDoor;
import io.grouppulse.ingest.callback.CallbackIntake;
import io.grouppulse.ingest.callback.CallbackMeters;
import io.grouppulse.ingest.callback.CallbackRoutes;
import io.grouppulse.ingest.callback.shop.ChannelsDoor;
import io.grouppulse.ingest.callback.shop.MappedDoor;
import io.grouppulse.ingest.callback.shop.ShopMapping;
import io.grouppulse.ingest.callback.shop.ShopSignature;
import io.grouppulse.ingest.callback.shop.ShopTime;
import io.grouppulse.ingest.callback.shop.YouzanDoor;
import io.grouppulse.ingest.callback.wecom.RosterVersions;
import io.grouppulse.ingest.callback.wecom.WeComDoor;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One door for each source of the settings that calls back; what a door remembers, all event loops share. */
final class CallbackDoors {
    private final CallbackMeters meters;
    private final RosterVersions rosterVersions;
    private final Map<String, CallbackDoor> wecom = new TreeMap<>();
    private final Map<String, CallbackDoor> shops = new TreeMap<>();

    CallbackDoors(Settings.Sources sources, RosterVersions rosterVersions, MeterRegistry registry) {
        this.rosterVersions = rosterVersions;
        meters = new CallbackMeters(registry);
        sources.wecom().forEach(source -> wecom.put(source.name(), wecom(source)));
        sources.channels().forEach(source -> shops.put(source.name(), channels(source)));
        sources.youzan().forEach(source -> shops.put(source.name(), youzan(source)));
        sources.shops().forEach(source -> shops.put(source.name(), shop(source)));
    }

    CallbackRoutes routes(CallbackIntake intake) {
        return new CallbackRoutes(wecom, shops, intake, meters);
    }

    private CallbackDoor wecom(SealedSource source) {
        return new WeComDoor(
                source.name(),
                source.token().text(),
                source.aesKey().text(),
                source.receiver(),
                rosterVersions,
                meters);
    }

    private static CallbackDoor channels(SealedSource source) {
        return new ChannelsDoor(
                source.name(), source.token().text(), source.aesKey().text(), source.receiver());
    }

    private static CallbackDoor youzan(YouzanSource source) {
        return new YouzanDoor(
                source.name(), source.clientId(), source.clientSecret().text());
    }

    private static CallbackDoor shop(ShopSource source) {
        String scheme = source.signature().replace('-', '_').toUpperCase(Locale.ROOT);
        Map<String, List<String>> fields = new TreeMap<>();
        source.pointers().forEach((field, pointer) -> fields.put(field, List.of(pointer)));
        return new MappedDoor(
                source.name(),
                new ShopSignature(
                        ShopSignature.Scheme.valueOf(scheme), source.secret().text(), source.prefix()),
                source.header().toLowerCase(Locale.ROOT),
                new ShopMapping(
                        source.type(),
                        source.types(),
                        fields,
                        ShopTime.valueOf(source.time().toUpperCase(Locale.ROOT)),
                        source.amountUnit().equals("major")),
                source.thanks());
    }
}

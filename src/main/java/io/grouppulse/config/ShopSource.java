package io.grouppulse.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Any shop that calls back with signed JSON.
 *
 * @param signature the scheme: {@code hmac-sha256}, {@code hmac-sha1}, {@code md5-concat} or {@code token}
 * @param header where the signature stands
 * @param prefix with {@code md5-concat}: what is hashed before the body
 * @param type JSON pointer to the shop's name of what happened
 * @param types the shop's names, and the types of events they become
 * @param time how it writes times: {@code millis}, {@code seconds}, {@code rfc3339} or {@code datetime}
 * @param amountUnit {@code minor} or {@code major}
 * @param pointers fields of an event, and the JSON pointers to them
 * @param thanks the body of the answer
 */
public record ShopSource(
        String name,
        String signature,
        Secret secret,
        String header,
        String prefix,
        String type,
        Map<String, String> types,
        String time,
        String amountUnit,
        Map<String, String> pointers,
        String thanks) {
    private static final int LONGEST_POINTER = 256;
    private static final String POINTER = "a JSON pointer such as /order/id";
    private static final Field<String> SIGNATURE = Field.optional(
            "signature",
            "hmac-sha256",
            "hmac-sha256, hmac-sha1, md5-concat or token",
            Field.oneOf("hmac-sha256", "hmac-sha1", "md5-concat", "token"));
    private static final Field<Secret> SECRET = Field.required(
                    "secret", "the secret that the shop signs with", text -> new Secret(Field.notEmpty(text)))
            .secret();
    private static final Field<String> HEADER =
            Field.optional("header", "X-Signature", "the name of a header", ShopSource::header);
    private static final Field<String> PREFIX = Field.optional("prefix", "", "a text", text -> text);
    private static final Field<String> TYPE = Field.required("type", POINTER, ShopSource::pointer);
    private static final Field<Map<String, String>> TYPES = new Field<>(
            "types",
            null,
            "a list such as [trade.paid=order.paid], the types of events after =",
            false,
            true,
            ShopSource::types);
    private static final Field<String> TIME = Field.optional(
            "time",
            "millis",
            "millis, seconds, rfc3339 or datetime",
            Field.oneOf("millis", "seconds", "rfc3339", "datetime"));
    private static final Field<String> AMOUNT_UNIT =
            Field.optional("amount_unit", "minor", "minor or major", Field.oneOf("minor", "major"));
    private static final Field<String> THANKS = Field.optional("thanks", "success", "a text", text -> text);
    private static final List<Field<String>> REQUIRED = Stream.of("order", "member", "ts")
            .map(field -> Field.required("map." + field, POINTER, ShopSource::pointer))
            .toList();
    private static final List<Field<String>> OPTIONAL = Stream.of(
                    "id", "group", "amount", "item", "quantity", "share", "channel", "campaign")
            .map(field -> Field.optional("map." + field, "", POINTER, ShopSource::optionalPointer))
            .toList();

    static final SectionKind<ShopSource> KIND = new SectionKind<>(
            "sources.shop",
            Stream.of(
                            Stream.<Field<?>>of(
                                    SIGNATURE, SECRET, HEADER, PREFIX, TYPE, TYPES, TIME, AMOUNT_UNIT, THANKS),
                            REQUIRED.stream(),
                            OPTIONAL.stream())
                    .<Field<?>>flatMap(fields -> fields)
                    .toList(),
            ShopSource::of);

    private static ShopSource of(Section section) {
        ShopSource shop = read(section);
        boolean isRefundable =
                shop.pointers().containsKey("id") && shop.pointers().containsKey("amount");
        if (shop.types().containsValue("order.refunded") && !isRefundable) {
            throw section.refuse(
                    TYPES, "order.refunded needs map.id and map.amount: an order may have several refunds");
        }
        return shop;
    }

    private static ShopSource read(Section section) {
        return new ShopSource(
                section.name(),
                section.get(SIGNATURE),
                section.get(SECRET),
                section.get(HEADER),
                section.get(PREFIX),
                section.get(TYPE),
                section.get(TYPES),
                section.get(TIME),
                section.get(AMOUNT_UNIT),
                pointers(section),
                section.get(THANKS));
    }

    private static Map<String, String> pointers(Section section) {
        Map<String, String> pointers = new HashMap<>();
        Stream.concat(REQUIRED.stream(), OPTIONAL.stream())
                .forEach(field -> pointers.put(field.name().substring("map.".length()), section.get(field)));
        pointers.values().removeIf(String::isEmpty);
        return Map.copyOf(pointers);
    }

    private static String header(String text) {
        if (!text.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("not a header's name");
        }
        return text;
    }

    private static String optionalPointer(String text) {
        return text.isEmpty() ? text : pointer(text);
    }

    private static String pointer(String text) {
        if (text.length() > LONGEST_POINTER || !text.matches("(/([^~/]|~[01])*)+")) {
            throw new IllegalArgumentException("not a JSON pointer");
        }
        return text;
    }

    private static Map<String, String> types(String text) {
        Map<String, String> types = new LinkedHashMap<>();
        for (String pair : Field.items(text)) {
            int at = pair.lastIndexOf('=');
            String type = pair.substring(at + 1).trim();
            if (at < 1 || !type.matches("order\\.(created|paid|cancelled|refunded)")) {
                throw new IllegalArgumentException("not a type of order event");
            }
            types.put(pair.substring(0, at).trim(), type);
        }
        if (types.isEmpty()) {
            throw new IllegalArgumentException("no types");
        }
        return Map.copyOf(types);
    }
}

package io.grouppulse.publish.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A patch, applied as RFC 7396 says, gives the new state; null and absent are the same to a client. */
final class MergePatchTest {
    private static final int DEPTH = 3;

    /** RFC 7396, section 2. */
    static JsonObject apply(JsonObject target, JsonObject patch) {
        JsonObject result = target.copy();
        for (String key : patch.fieldNames()) {
            Object value = patch.getValue(key);
            if (value == null) {
                result.remove(key);
            } else if (value instanceof JsonObject inner) {
                JsonObject under = result.getValue(key) instanceof JsonObject known ? known : new JsonObject();
                result.put(key, apply(under, inner));
            } else {
                result.put(key, value);
            }
        }
        return result;
    }

    private static JsonObject withoutNulls(JsonObject json) {
        JsonObject result = new JsonObject();
        for (String key : json.fieldNames()) {
            Object value = json.getValue(key);
            if (value instanceof JsonObject inner) {
                result.put(key, withoutNulls(inner));
            } else if (value != null) {
                result.put(key, value);
            }
        }
        return result;
    }

    @Property(tries = 2_000)
    void thePatchGivesTheNewState(@ForAll("objects") JsonObject before, @ForAll("objects") JsonObject after) {
        JsonObject patched = apply(before, MergePatch.between(before, after));
        assertThat(withoutNulls(patched)).isEqualTo(withoutNulls(after));
    }

    @Property(tries = 500)
    void equalStatesNeedNoPatch(@ForAll("objects") JsonObject state) {
        assertThat(MergePatch.between(state, state.copy())).isEqualTo(new JsonObject());
    }

    @Property(tries = 500)
    void nothingIsPatchedThatStays(@ForAll("objects") JsonObject before, @ForAll("objects") JsonObject after) {
        JsonObject patch = MergePatch.between(before, after);
        for (String key : patch.fieldNames()) {
            assertThat(before.containsKey(key) && after.containsKey(key))
                    .as("%s of %s stays", key, patch)
                    .matches(kept -> !kept || !Objects.equals(before.getValue(key), after.getValue(key)));
        }
    }

    @Test
    void aValueThatBecomesNullAndOneThatIsGoneAreTakenAway() {
        JsonObject before = new JsonObject().put("value", 0.5).put("gone", 1).put("same", 2);
        JsonObject after = new JsonObject().putNull("value").put("same", 2);
        JsonObject patch = MergePatch.between(before, after);
        assertThat(patch).isEqualTo(new JsonObject().putNull("value").putNull("gone"));
    }

    @Provide
    Arbitrary<JsonObject> objects() {
        return object(DEPTH);
    }

    private static Arbitrary<JsonObject> object(int depth) {
        return Arbitraries.maps(Arbitraries.of("a", "b", "c", "d"), value(depth))
                .ofMaxSize(4)
                .map(MergePatchTest::objectOf);
    }

    private static JsonObject objectOf(Map<String, @Nullable Object> fields) {
        JsonObject json = new JsonObject();
        fields.forEach((key, value) -> json.put(key, value instanceof None ? null : value));
        return json;
    }

    private static Arbitrary<Object> value(int depth) {
        Arbitrary<Object> leaf = Arbitraries.of(
                new None(), 0, 1, -1L, 0.5, "x", "", true, new JsonArray(List.of(1, 2)), new JsonArray(List.of("a")));
        return depth == 0 ? leaf : Arbitraries.oneOf(leaf, object(depth - 1).map(json -> (Object) json));
    }

    /** Stands for null among the values that jqwik generates. */
    private record None() {}
}

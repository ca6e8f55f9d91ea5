package io.grouppulse.nodes;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.DefaultSerializers.BitSetSerializer;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import com.esotericsoftware.kryo.util.DefaultInstantiatorStrategy;
import com.esotericsoftware.kryo.util.MapReferenceResolver;
import com.esotericsoftware.kryo.util.Pool;
import java.util.BitSet;
import java.util.List;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * Messages as bytes. Only classes of this monitor, the collections and simple values of the JDK, and the two libraries of
 * the domain are written or read: bytes that name another class are refused before anything of it is made. Thread-safe.
 */
public final class Wire {
    private static final List<String> KNOWN = List.of(
            "io.grouppulse.bus.",
            "io.grouppulse.domain.",
            "io.grouppulse.ops.",
            "io.grouppulse.nodes.",
            "org.agrona.collections.",
            "com.dynatrace.hash4j.distinctcount.");
    private static final List<String> KNOWN_OF_THE_JDK = List.of(
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Double",
            "java.lang.Float",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Short",
            "java.lang.String",
            "java.lang.Object");
    private static final int FIRST_BYTES = 512;

    private final Pool<Kryo> pool = new Pool<>(true, false, 8) {
        @Override
        protected Kryo create() {
            return kryo();
        }
    };

    private static Kryo kryo() {
        Kryo kryo = new Kryo(new KnownClasses(), new MapReferenceResolver());
        kryo.setReferences(false);
        kryo.setRegistrationRequired(false);
        kryo.setInstantiatorStrategy(new DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
        kryo.register(BitSet.class, new BitSetSerializer());
        return kryo;
    }

    /** @throws IllegalArgumentException if it holds an object that no message may hold */
    public byte[] write(Object message) {
        Kryo kryo = pool.obtain();
        try {
            Output out = new Output(FIRST_BYTES, -1);
            kryo.writeClassAndObject(out, message);
            return out.toBytes();
        } catch (KryoException e) {
            throw new IllegalArgumentException("cannot be sent: " + message.getClass(), e);
        } finally {
            pool.free(kryo);
        }
    }

    /** @throws IllegalArgumentException if that are not the bytes of a message */
    public Object read(byte[] bytes) {
        Kryo kryo = pool.obtain();
        try {
            return kryo.readClassAndObject(new Input(bytes));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("no message: " + e.getMessage(), e);
        } finally {
            pool.free(kryo);
        }
    }

    private static boolean isKnown(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        String name = element.getName();
        return element.isPrimitive()
                || KNOWN.stream().anyMatch(name::startsWith)
                || KNOWN_OF_THE_JDK.contains(name)
                || (name.startsWith("java.util.") && name.indexOf('.', "java.util.".length()) < 0)
                || name.startsWith("java.time.");
    }

    private static final class KnownClasses extends DefaultClassResolver {
        @Override
        @SuppressWarnings("rawtypes")
        public Registration registerImplicit(Class type) {
            if (!isKnown(type)) {
                throw new KryoException("a message does not hold a " + type.getName());
            }
            return super.registerImplicit(type);
        }
    }
}

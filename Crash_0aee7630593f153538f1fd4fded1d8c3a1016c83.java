import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

public class Crash_0aee7630593f153538f1fd4fded1d8c3a1016c83 {
    static final String base64Bytes = String.join("", "eyJvcCI6InBpbmciLCJuIjoxZTMyMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwL3RtcC93dC9qYXp6ZXpyLXRyYXZlcnNhbH0=");

    public static void main(String[] args) throws Throwable {
        Crash_0aee7630593f153538f1fd4fded1d8c3a1016c83.class.getClassLoader().setDefaultAssertionStatus(true);
        try {
            Method fuzzerInitialize = io.grouppulse.fuzz.LongFuzz.class.getMethod("fuzzerInitialize");
            fuzzerInitialize.invoke(null);
        } catch (NoSuchMethodException ignored) {
            try {
                Method fuzzerInitialize = io.grouppulse.fuzz.LongFuzz.class.getMethod("fuzzerInitialize", String[].class);
                fuzzerInitialize.invoke(null, (Object) args);
            } catch (NoSuchMethodException ignored1) {
            } catch (IllegalAccessException | InvocationTargetException e) {
                e.printStackTrace();
                System.exit(1);
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            e.printStackTrace();
            System.exit(1);
        }
        byte[] input = java.util.Base64.getDecoder().decode(base64Bytes);
        io.grouppulse.fuzz.LongFuzz.fuzzerTestOneInput(input);
    }
}
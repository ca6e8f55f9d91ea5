#!/usr/bin/env bash
# Puts together what lies under the monitor in its image: a Java run-time of the modules it uses, made by jlink, and of
# this machine's C libraries those that the run-time loads. Usage: root.sh DIRECTORY
set -euo pipefail

MODULES=java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.unsupported

root=$1
jlink=${JAVA_HOME:+$JAVA_HOME/bin/}jlink
if [ "$(uname -sm)" != "Linux x86_64" ]; then
    echo "the image is made on Linux x86-64 alone, for it takes the C library of the machine" >&2
    exit 1
fi

rm -rf "$root"
mkdir -p "$root/opt" "$root/etc"
"$jlink" --add-modules "$MODULES" --strip-java-debug-attributes --no-header-files --no-man-pages --compress=2 \
    --output "$root/opt/jre"

# Copies follow links, for the loader looks for the names that the run-time asks for.
find "$root/opt/jre" -type f \( -name '*.so' -o -path '*/bin/*' -o -name jspawnhelper \) -print0 \
    | xargs -0 -n 1 env LD_LIBRARY_PATH="$root/opt/jre/lib:$root/opt/jre/lib/server" ldd \
    | sed -nE 's/^\s*(.* => )?(\/\S+) \(0x[0-9a-f]+\)$/\2/p' \
    | grep -v "^$root" | sort -u \
    | while read -r library; do
        install -D -m 755 "$library" "$root$library"
    done

echo 'grouppulse:x:10001:10001::/tmp:/sbin/nologin' > "$root/etc/passwd"
echo 'grouppulse:x:10001:' > "$root/etc/group"

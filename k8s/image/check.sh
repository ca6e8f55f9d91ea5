#!/usr/bin/env bash
# Makes the image twice, demands the same bytes, and runs the monitor from it as the image's user on a root of its own,
# without a container engine. Needs root, for chroot. Usage: check.sh
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."

PORT=18979
image=target/grouppulse-image.tar
work=$(mktemp -d)
pid=
clean_up() {
    [ -z "$pid" ] || kill -9 "$pid" 2> /dev/null || true
    ! mountpoint -q "$work/root/proc" || umount "$work/root/proc"
    rm -rf "$work"
}
trap clean_up EXIT

make_image() {
    ./mvnw -B -ntp -q -Pimage -DskipTests -Dspotless.check.skip=true package
}

make_image
cp "$image" "$work/first.tar"
rm -rf target/image-root target/jib-cache
make_image
cmp "$work/first.tar" "$image"
echo "the same image twice: $(sha256sum < "$image" | cut -c1-16), $(du -h "$image" | cut -f1)"

# The layers one on another.
mkdir "$work/image" "$work/root"
tar -xf "$image" -C "$work/image"
grep -oE '[0-9a-f]{64}\.tar\.gz' "$work/image/manifest.json" | while read -r layer; do
    tar -xzf "$work/image/$layer" -C "$work/root"
done
mkdir -p "$work/root/proc" "$work/root/tmp" "$work/root/data"
mount -t proc proc "$work/root/proc"

# What the image says of itself.
said() {
    sed -nE 's/.*"'"$1"'":(\[[^]]*\]|"[^"]*").*/\1/p' "$work/image/config.json" | grep -oE '"[^"]*"' | tr -d '"'
}
mapfile -t entrypoint < <(said Entrypoint)
user=$(said User)
[ "$user" = 10001:10001 ] || {
    echo "the image's user is $user" >&2
    exit 1
}
chown "$user" "$work/root/tmp" "$work/root/data"

env -i LANG=C.UTF-8 GROUPPULSE_HTTP_PORT=$PORT GROUPPULSE_DATA_DIR=/data \
    "$(command -v chroot)" --userspec="$user" "$work/root" "${entrypoint[@]}" serve > "$work/log" 2>&1 &
pid=$!
for _ in $(seq 1 120); do
    ! curl -fs "http://127.0.0.1:$PORT/health/ready" > /dev/null || break
    kill -0 "$pid" 2> /dev/null || break
    sleep 0.5
done
if ! curl -fsS "http://127.0.0.1:$PORT/health/ready"; then
    cat "$work/log" >&2
    exit 1
fi
curl -fsS -H 'content-type: application/json' "http://127.0.0.1:$PORT/api/v1/events?wait=applied" \
    -d '{"id":"e-1","source":"check","type":"message.sent","ts":'"$(date +%s%3N)"',"group":"g","member":"m"}'
kill "$pid"
wait "$pid"
pid=
! grep -E 'Exception|Error' "$work/log" || exit 1
echo "it served as $user and drained"

#!/bin/sh
# Opens one screen of the wall in Chromium and watches it from outside: a browser that ends, or whose page paints no
# frame for three minutes (a crashed tab says nothing), ends this script, and systemd begins again.
set -eu

: "${LAYAR_ALAMAT:?alamat layar, misalnya https://pusatkomando.mojokertokab.go.id/wall/aula}"
LAYAR_NAMA=${LAYAR_NAMA:-utama}
LAYAR_POSISI=${LAYAR_POSISI:-0,0}
LAYAR_UKURAN=${LAYAR_UKURAN:-1920,1080}
LAYAR_PORT=${LAYAR_PORT:-9222}
LAYAR_PROFIL=${LAYAR_PROFIL:-$HOME/.local/share/layar/$LAYAR_NAMA}
LAYAR_PERIKSA=${LAYAR_PERIKSA:-60}
CHROMIUM=${CHROMIUM:-chromium}

# The kept picture lives in this folder: it survives a restart, and each screen has its own.
mkdir -p "$LAYAR_PROFIL"
# After a power cut Chromium would ask whether to restore; nobody is there to answer.
if [ -f "$LAYAR_PROFIL/Default/Preferences" ]; then
    sed -i 's/"exit_type":"Crashed"/"exit_type":"Normal"/; s/"exited_cleanly":false/"exited_cleanly":true/' \
        "$LAYAR_PROFIL/Default/Preferences"
fi
rm -f "$LAYAR_PROFIL/SingletonLock"

# Over plain HTTP the browser keeps no picture for a restart unless this origin is named as trusted.
case $LAYAR_ALAMAT in
    http://*) TRUSTED="--unsafely-treat-insecure-origin-as-secure=$(echo "$LAYAR_ALAMAT" | cut -d/ -f1-3)" ;;
    *) TRUSTED= ;;
esac

# shellcheck disable=SC2086
"$CHROMIUM" --kiosk "--app=$LAYAR_ALAMAT" "--user-data-dir=$LAYAR_PROFIL" \
    "--window-position=$LAYAR_POSISI" "--window-size=$LAYAR_UKURAN" --force-device-scale-factor=1 \
    --remote-debugging-address=127.0.0.1 "--remote-debugging-port=$LAYAR_PORT" \
    --no-first-run --no-default-browser-check --noerrdialogs --disable-session-crashed-bubble --hide-crash-restore-bubble \
    --disable-infobars --disable-translate --disable-pinch --overscroll-history-navigation=0 \
    --disable-background-networking --disable-component-update --disable-sync --disable-extensions \
    --disable-background-timer-throttling --disable-renderer-backgrounding --disable-backgrounding-occluded-windows \
    --disable-features=Translate,CalculateNativeWinOcclusion --password-store=basic --check-for-update-interval=31536000 \
    $TRUSTED ${LAYAR_TAMBAHAN:-} &
browser=$!
trap 'kill "$browser" 2>/dev/null || true' EXIT
trap 'exit 0' TERM INT

# assets/wall/watchdog.js writes the time of the last painted frame into the title.
still=0
last=
while kill -0 "$browser" 2>/dev/null; do
    sleep "$LAYAR_PERIKSA" &
    wait $! || true
    title=$(curl --silent --max-time 5 "http://127.0.0.1:$LAYAR_PORT/json/list" | grep '"title"' | sort || true)
    if [ -n "$title" ] && [ "$title" != "$last" ]; then still=0; else still=$((still + 1)); fi
    last=$title
    if [ "$still" -ge 3 ]; then
        echo "layar $LAYAR_NAMA: tidak ada gambar baru selama $((still * LAYAR_PERIKSA)) detik, mulai ulang" >&2
        exit 1
    fi
done
echo "layar $LAYAR_NAMA: Chromium berhenti, mulai ulang" >&2
exit 1

# What the comparing benchmarks share; read by bash with $here (this folder) and $work (one to write to) set.

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

started=()
clusters=()
stop_all() {
    local folder
    for folder in "${clusters[@]}"; do "$here/../xebec" down --data "$folder" >/dev/null 2>&1 || true; done
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
}
trap stop_all EXIT

# start_xebec NAME [FLAG...]: a cluster without nodes; NAME_config and NAME_pids say how to reach and measure it.
start_xebec() {
    local name=$1 folder=$work/$1
    shift
    rm -rf "$folder"
    clusters+=("$folder")
    "$here/../xebec" up --detach --data "$folder" --port "$(free_port)" --nodes 0 "$@" >&2
    printf -v "${name}_config" %s "$folder/kubeconfig"
    printf -v "${name}_pids" %s "$("$here/../xebec" status -o json --data "$folder" |
        python3 -c 'import json, sys; print(",".join(str(p["pid"]) for p in json.load(sys.stdin)["processes"]))')"
}

load() {
    case $1 in
        create) echo create --count "${COUNT:-5000}" ;;
        get) echo get --count "${COUNT:-20000}" ;;
        update | merge | apply) echo change --how "${1^^}" --count "${COUNT:-5000}" ;;
        list) echo list --clients 4 --count "${LISTS:-20}" ;;
        watch) echo watch ;;
        watch-flat-out) echo watch --rate 0 --writes 2000 ;;
        *) echo "no load named $1" >&2; exit 2 ;;
    esac
}

# compare "SIDE SIDE" LOAD...: each load on each side, as often as ROUNDS says.
compare() {
    local sides=$1 round name side config pids
    shift
    for name in "$@"; do load "$name" >/dev/null; done
    for round in $(seq "${ROUNDS:-2}"); do
        for name in "$@"; do
            for side in $sides; do
                config=${side}_config pids=${side}_pids
                # shellcheck disable=SC2046
                "$here/run" $(load "$name") --kubeconfig "${!config}" --pids "${!pids}" --namespace "round-$round" |
                    sed "s/^/round $round  $side  /"
            done
        done
    done
}

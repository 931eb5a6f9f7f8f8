#!/bin/sh
# Starts one container, waits for it and writes down how it ended; needs nobody else to be alive.
#   supervise.sh plain|root|user DIR PATH WORKDIR COMMAND [ARG...]
# DIR gets: pid (this process and its start time), main (the process to signal), start-error, exit (code and time).
# Standard output and error are the capture files already.
set -u
mode=$1 dir=$2 inner_path=$3 workdir=$4
shift 4
PATH=/usr/sbin:/usr/bin:/sbin:/bin
here=${0%/*}
umask 022

read -r stat < /proc/$$/stat
set_start() { shift 19; start=$1; }
# shellcheck disable=SC2086
set_start ${stat##*) }
printf '%s %s\n' "$$" "$start" > "$dir/pid"

# A subshell joins the limits, so that this supervisor is never the one to be killed for memory.
join() {
    if [ -f "$dir/cgroups" ]; then
        while IFS= read -r group; do
            echo 0 > "$group/cgroup.procs" 2> /dev/null || :
        done < "$dir/cgroups"
    fi
}

# A shell that has only just been forked would lose the signal: wait until the child has become what it runs.
forward() {
    mine=$(tr '\0' ' ' < "/proc/$$/cmdline")
    while [ "$(tr '\0' ' ' 2> /dev/null < "/proc/$child/cmdline")" = "$mine" ]; do
        sleep 0.01
    done
    kill -TERM "$child"
} 2> /dev/null

# Standard input is a pipe with a name, which clients write to. Somebody has to hold it open for writing, or the container would
# see its end with the first client's; whoever wants that end kills the holder.
input=/dev/null holder=
if [ -n "${XEBEC_STDIN:-}" ]; then
    mkfifo -m 600 "$dir/stdin"
    sleep 2147483647 > "$dir/stdin" 2> /dev/null &
    holder=$!
    read -r stat < "/proc/$holder/stat"
    # shellcheck disable=SC2086
    set_start ${stat##*) }
    printf '%s %s\n' "$holder" "$start" > "$dir/stdin-holder"
    input=$dir/stdin
fi

child= ended=
case $mode in
plain)
    trap 'if [ -n "$child" ]; then forward; else ended=143; fi' TERM
    printf '%s\n' "$$" > "$dir/main"
    (
        join
        trap - TERM
        exec setsid sh "$here/run.sh" "$dir/start-error" "$inner_path" "$workdir" "$@"
    ) < "$input" &
    child=$!
    [ -z "$ended" ] || forward
    ;;
*)
    user=
    [ "$mode" = user ] && user='--user --map-root-user'
    trap : TERM
    (
        join
        # shellcheck disable=SC2086
        exec unshare $user --mount --uts --pid --fork --kill-child \
            sh "$here/isolate.sh" "$mode" "$dir" "$inner_path" "$workdir" "$@"
    ) < "$input" &
    child=$!
    ;;
esac
trap : HUP INT

# A trapped signal ends wait early; a child that is over and not yet waited for still answers kill -0.
while :; do
    wait "$child" 2> /dev/null
    code=$?
    kill -0 "$child" 2> /dev/null || break
done
[ -z "$holder" ] || kill "$holder" 2> /dev/null
[ "$mode" = plain ] && kill -KILL -- "-$child" 2> /dev/null
printf '%s %s\n' "$code" "$(date +%s)" > "$dir/exit.new" && mv "$dir/exit.new" "$dir/exit"

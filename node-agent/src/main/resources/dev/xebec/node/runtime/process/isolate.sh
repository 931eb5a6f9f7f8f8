#!/bin/sh
# First process of a container's own namespaces: makes its root, runs the command, hands on SIGTERM.
#   isolate.sh root|user DIR PATH WORKDIR COMMAND [ARG...]
# The root is the host's file systems under a copy-on-write layer in memory, which is gone with the last process:
# nothing is left to unmount, whoever dies how.
set -u
mode=$1 dir=$2 inner_path=$3 workdir=$4
shift 4

# A shell that has only just been forked would lose the signal: wait until the child has become what it runs.
forward() {
    mine=$(tr '\0' ' ' < "/proc/$$/cmdline")
    while [ "$(tr '\0' ' ' 2> /dev/null < "/proc/$child/cmdline")" = "$mine" ]; do
        sleep 0.01
    done
    kill -TERM "$child"
} 2> /dev/null

child=
trap 'if [ -n "$child" ]; then forward; else exit 143; fi' TERM
# The old /proc still counts in the host's numbers: this is the process that the agent signals. Written behind the trap: the
# kernel drops a signal that the first process of its namespaces does not wait for.
read -r host_pid rest < /proc/self/stat
printf '%s\n' "$host_pid" > "$dir/main"
exec 9>> "$dir/start-error"
refuse() {
    printf '%s\n' "$1" >&9
    exit 128
}

attempt() { "$@" 2> /dev/null; }
under() { # under DIRECTORY PATH
    case $2/ in "${1%/}"/*) return 0 ;; esac
    return 1
}
special() { # what is never copied: kernel file systems, and our own
    under /proc "$1" || under /sys "$1" || under /dev "$1" || under "$dir" "$1"
}

xattr=
[ "$mode" = user ] && xattr=,userxattr
layers=0
cover() { # puts a copy-on-write picture of a host directory at its place in the new root
    case $1 in *[:,\\]*) return 1 ;; esac
    layers=$((layers + 1))
    mkdir -p "up/$layers" "work/$layers" "root$1" 2> /dev/null || return 1
    attempt mount -t overlay overlay \
        -o "lowerdir=$1,upperdir=up/$layers,workdir=work/$layers$xattr" "root$1"
}

# Mount points of the host, each between line ends: all of them, and those to cover. Odd names, and kinds that hold no
# user's files, are left out of the latter.
line='
'
points=$line
covered=
while read -r id parent device fsroot point options rest; do
    points=$points$point$line
    type=${rest#*- }
    case ${type%% *} in
    overlay | squashfs | nsfs | autofs | fuse* | rpc_pipefs | binfmt_misc | tracefs | debugfs | cgroup*) continue ;;
    esac
    case $point in / | /run/* | /var/lib/docker/* | /var/lib/containers/* | *[:,\\]*) continue ;; esac
    special "$point" || covered=$covered$point$line
done < /proc/self/mountinfo

has_mounts() {
    case $points in *"$line${1%/}/"*) return 0 ;; esac
    return 1
}

show() { # what cannot be copied on write can be read
    attempt mount --bind "$1" "root$1" && attempt mount -o remount,bind,ro "root$1"
}

# Without real root an overlay cannot be made over a directory that has mounts below it: go down to those that have none.
# No further, or it would be a walk through all files of the machine.
descend() {
    special "$1" && return 0
    if ! has_mounts "$1"; then
        cover "$1" || { mkdir -p "root$1" 2> /dev/null && show "$1"; } || :
        return 0
    fi
    mkdir -p "root$1" 2> /dev/null || return 0
    for entry in "$1"/* "$1"/.[!.]*; do
        if [ -L "$entry" ]; then
            attempt cp -P "$entry" "root$entry"
        elif [ -d "$entry" ]; then
            descend "$entry"
        elif [ -f "$entry" ]; then
            : > "root$entry" && show "$entry"
        fi
    done
}

mkdir -p "$dir/fs" && mount -t tmpfs -o "mode=755,size=${XEBEC_LAYER_BYTES:-512m}" xebec "$dir/fs" 2>&9 \
    || refuse 'the memory for the copy-on-write layer could not be mounted'
cd "$dir/fs" && mkdir up work root || refuse 'the copy-on-write layer could not be made'
if cover /; then
    printf '%s' "$covered" | while IFS= read -r point; do
        if [ -d "$point" ]; then
            cover "$point" || :
        elif [ -f "$point" ]; then
            attempt cp -- "$point" "root$point" || :
        fi
    done
else
    mount -t tmpfs -o "mode=755,size=16m" xebec root 2>&9 || refuse 'the new root could not be mounted'
    for top in /* /.[!.]*; do
        if [ -L "$top" ]; then
            attempt cp -P "$top" "root$top"
        elif [ -d "$top" ]; then
            descend "$top"
        elif [ -f "$top" ]; then
            attempt cp -- "$top" "root$top"
        fi
    done
fi

mkdir -p root/proc root/sys root/dev root/.xebec-old
attempt mount -t proc proc root/proc || mount --rbind /proc root/proc 2>&9 || refuse 'no /proc could be mounted'
mount -t tmpfs -o mode=755,size=1m xebec root/dev 2>&9 || refuse 'no /dev could be mounted'
for node in null zero full random urandom tty; do
    [ -c "/dev/$node" ] && : > "root/dev/$node" && mount --bind "/dev/$node" "root/dev/$node" 2>&9
done
mkdir root/dev/pts root/dev/shm && attempt mount --rbind /dev/pts root/dev/pts
attempt mount -t tmpfs -o mode=1777,size=64m xebec root/dev/shm
ln -s pts/ptmx root/dev/ptmx
ln -s /proc/self/fd root/dev/fd
ln -s /proc/self/fd/0 root/dev/stdin
ln -s /proc/self/fd/1 root/dev/stdout
ln -s /proc/self/fd/2 root/dev/stderr
attempt mount --rbind /sys root/sys && attempt mount -o remount,bind,ro root/sys

# The cluster's own files are nobody's business in a container; then the volumes, which may come from there.
if [ -f "$dir/masked" ]; then
    while IFS= read -r path; do
        if [ -d "root$path" ]; then
            mount -t tmpfs -o size=4k,mode=755 xebec "root$path" 2>&9 || refuse "$path could not be hidden"
        fi
    done < "$dir/masked"
fi
tab=$(printf '\t')
if [ -f "$dir/mounts" ]; then
    while IFS=$tab read -r access source target; do
        if [ -d "$source" ]; then
            mkdir -p "root$target" 2>&9
        else
            mkdir -p "root${target%/*}" 2>&9 && { [ -e "root$target" ] || : > "root$target"; }
        fi
        mount --rbind "$source" "root$target" 2>&9 || refuse "the volume could not be mounted at $target"
        [ "$access" = rw ] || mount -o remount,bind,ro "root$target" 2>&9 || refuse "$target could not be made read-only"
    done < "$dir/mounts"
fi
if [ -n "${XEBEC_HOSTNAME:-}" ]; then
    attempt hostname "$XEBEC_HOSTNAME" || echo "$XEBEC_HOSTNAME" > /proc/sys/kernel/hostname
fi 2> /dev/null

run=$(cat "${0%/*}/run.sh") || refuse 'the launcher could not be read'
cd root && pivot_root . .xebec-old 2>&9 || refuse 'the new root could not be entered'
cd / && umount -l /.xebec-old 2>&9 || refuse 'the old root could not be left'
attempt rmdir /.xebec-old

# What runs behind an ampersand would get /dev/null for its input.
exec 7<&0
(
    trap - TERM
    exec <&7 7<&-
    exec setsid sh -c "$run" sh /proc/self/fd/9 "$inner_path" "$workdir" "$@"
) &
child=$!
while :; do
    wait "$child" 2> /dev/null
    code=$?
    kill -0 "$child" 2> /dev/null || break
done
exit "$code"

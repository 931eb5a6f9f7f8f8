#!/bin/sh
# Becomes the container's own command:  run.sh START-ERROR-FILE PATH WORKDIR COMMAND [ARG...]
errors=$1 workdir=$3
PATH=$2
shift 3
refuse() {
    printf '%s\n' "$1" >> "$errors"
    exit 128
}
cd -- "$workdir" 2> /dev/null || refuse "chdir to cwd (\"$workdir\"): no such file or directory, or not allowed"
unset OLDPWD
case $1 in
*/*)
    [ -e "$1" ] || refuse "exec: \"$1\": stat $1: no such file or directory"
    [ -x "$1" ] && [ ! -d "$1" ] || refuse "exec: \"$1\": permission denied"
    ;;
*) command -v -- "$1" > /dev/null 2>&1 || refuse "exec: \"$1\": executable file not found in \$PATH" ;;
esac
export PATH
unset XEBEC_HOSTNAME XEBEC_LAYER_BYTES XEBEC_STDIN
exec 9>&-
exec "$@"

# Runs a server that ends with whoever holds the other end of our standard input, however that ends.
# supervise FOLDER NAME COMMAND...: the server's socket is FOLDER/sock, and others find it by NAME.
folder=$1
name=$2
shift 2

# If this shell is killed, the kernel kills the server; where there is no such tool the next starter does.
if setpriv --pdeathsig KILL true 2>/dev/null; then
    set -- setpriv --pdeathsig KILL "$@"
fi
"$@" </dev/null >"$folder/log" 2>&1 &
server=$!
echo "$server"

# Nothing is ever written here: this ends when the starter does.
read -r nothing

# It keeps nothing, so it need not be asked politely, and cannot refuse.
kill -KILL "$server"
wait "$server" 2>/dev/null
# The name may be another server's by now.
[ "$folder/sock" -ef "$name" ] && rm -f "$name"
rm -rf "$folder"

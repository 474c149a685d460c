# Finds Java and Maven, and says what to install when they are missing. Sourced by ./build and ./ipckit; bash 3.2.

# The feature number (17, 25) of the JDK in folder $1; nothing if none is there.
# The release file is asked first because starting a JVM costs as much as the rest of ./ipckit.
jdk_feature() {
    local key value version=
    # An empty name would find /bin/java.
    [ -n "$1" ] && [ -x "$1/bin/java" ] || return 0
    if [ -r "$1/release" ]; then
        while IFS='=' read -r key value; do
            if [ "$key" = JAVA_VERSION ]; then version=${value//\"/}; fi
        done <"$1/release"
    fi
    if [ -z "$version" ]; then
        version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
    fi
    version=${version#1.}
    echo "${version%%[!0-9]*}"
}

# The folder of the java on PATH, links followed.
jdk_on_path() {
    local file link
    file=$(command -v java) || return 0
    while [ -L "$file" ]; do
        link=$(readlink "$file")
        case $link in
            /*) file=$link ;;
            *) file=${file%/*}/$link ;;
        esac
    done
    # macOS has a /usr/bin/java that is no JDK but knows where one is.
    if [ "$file" = /usr/bin/java ] && [ -x /usr/libexec/java_home ]; then
        /usr/libexec/java_home 2>/dev/null || true
        return 0
    fi
    (cd "${file%/*}/.." && pwd -P)
}

# The folder of a JDK (with a compiler) whose feature number is $1; nothing if none is found.
find_jdk() {
    local home name
    for name in "JAVA_HOME_$1" "JAVA_HOME_${1}_X64" "JAVA_HOME_${1}_ARM64" "JAVA${1}_HOME" "JDK${1}_HOME" "JDK_$1" JAVA_HOME; do
        home=${!name:-}
        if is_jdk "$home" "$1"; then
            echo "$home"
            return 0
        fi
    done
    for home in "$(jdk_on_path)" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        if is_jdk "$home" "$1"; then
            echo "$home"
            return 0
        fi
    done
}

is_jdk() {
    [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ "$(jdk_feature "$1")" = "$2" ]
}

# The folder of the Java to run Maven and ipckit on: JAVA_HOME, the one on PATH, or any found that is 17 or newer.
current_jdk() {
    local home feature
    for home in "${JAVA_HOME:-}" "$(jdk_on_path)"; do
        feature=$(jdk_feature "$home")
        if [ "${feature:-0}" -ge 17 ] && [ -x "$home/bin/javac" ]; then
            echo "$home"
            return 0
        fi
    done
    for feature in 17 21 25; do
        home=$(find_jdk "$feature")
        if [ -n "$home" ]; then
            echo "$home"
            return 0
        fi
    done
}

say_install_jdk() {
    cat >&2 <<'EOF'
A JDK (17 or newer, with javac) was not found. It is looked for in JAVA_HOME, on the PATH and in the usual folders.
    Debian, Ubuntu:  sudo apt install openjdk-17-jdk-headless
    Fedora:          sudo dnf install java-latest-openjdk-devel
    macOS:           brew install --cask temurin@17
    or anywhere:     https://adoptium.net
EOF
}

say_install_maven() {
    cat >&2 <<'EOF'
Maven (mvn, 3.8.6 or newer) was not found on the PATH.
    Debian, Ubuntu:  sudo apt install maven
    Fedora:          sudo dnf install maven
    macOS:           brew install maven
    or anywhere:     https://maven.apache.org/download.cgi
EOF
}

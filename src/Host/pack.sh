#!/usr/bin/env bash
# Packs the built program with everything a room without internet needs: the program, its .NET runtime, rules, districts and docs.
# Called by ./legwork pack, after the build:  pack.sh HOME --out FILE.tar.gz
set -euo pipefail
home=$1; shift
out=""
while [ $# -gt 0 ]; do
  case "$1" in
    --out) out=${2:-}; shift 2 || { echo "--out needs a value." >&2; exit 2; } ;;
    --out=*) out=${1#--out=}; shift ;;
    *) echo "'$1' is not an option here. Usage: legwork pack --out FILE.tar.gz" >&2; exit 2 ;;
  esac
done
[ -n "$out" ] || { echo "--out FILE.tar.gz is missing. Usage: legwork pack --out FILE.tar.gz" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root="$work/legwork"
mkdir -p "$root/app" "$root/dotnet/host/fxr" "$root/dotnet/shared"
cp -r "$home/artifacts/bin/Legwork.Host/release/." "$root/app/"
cp -r "$home/rules" "$home/districts" "$home/docs" "$home/deploy" "$home/LICENSE" "$root/"
[ -f "$home/README.md" ] && cp "$home/README.md" "$root/"

# The runtime of this machine goes along (MIT licence), so that nothing has to be installed on the other one.
dotnet_root=$(dirname "$(readlink -f "$(command -v dotnet)")")
newest() { ls -d "$dotnet_root/$1"/10.* | sort -V | tail -n 1; }
cp "$dotnet_root/dotnet" "$root/dotnet/"
for notice in LICENSE.txt ThirdPartyNotices.txt; do [ -f "$dotnet_root/$notice" ] && cp "$dotnet_root/$notice" "$root/dotnet/"; done
cp -r "$(newest host/fxr)" "$root/dotnet/host/fxr/"
for framework in Microsoft.NETCore.App Microsoft.AspNetCore.App; do
  mkdir -p "$root/dotnet/shared/$framework"
  cp -r "$(newest "shared/$framework")" "$root/dotnet/shared/$framework/"
done

cat >"$root/legwork" <<'LAUNCHER'
#!/usr/bin/env bash
# Starts the packed program with the runtime that lies beside it; needs neither an SDK nor internet.
set -euo pipefail
home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
export LEGWORK_HOME="$home" DOTNET_ROOT="$home/dotnet" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_TieredPGO=0 DOTNET_TC_QuickJitForLoops=1
export DOTNET_GCgen0size=${DOTNET_GCgen0size:-0x2000000}
export PATH="$home/dotnet:$PATH"
# Without the ICU library (package libicu72 or later) .NET starts only in its culture-neutral mode, which is enough here.
{ ldconfig -p 2>/dev/null || true; } | grep -q libicuuc || export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
exec "$home/dotnet/dotnet" "$home/app/legwork.dll" "$@"
LAUNCHER
chmod +x "$root/legwork"

mkdir -p "$(dirname "$out")"
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner -czf "$out.new" legwork
mv "$out.new" "$out"
echo "$(du -h "$out" | cut -f1) in $out, for Linux on $(uname -m) with glibc. There:  tar xzf $(basename "$out") && ./legwork/legwork help"

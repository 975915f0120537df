#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Builds the two libraries that the program needs for Windows, from Debian's source packages: libraries.sh FOLDER
# leaves FOLDER/include, FOLDER/lib and FOLDER/notices. The sources come by apt-get with the machine's own list of
# packages, whose lines "deb" are read as "deb-src" in a copy; apt-get checks what it brings.
set -eu

folder=$1
host=x86_64-w64-mingw32
mkdir -p "$folder/apt/parts" "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial" \
	"$folder/include" "$folder/lib" "$folder/notices"
cd "$folder"
folder=$PWD
rm -rf source
mkdir source
: >apt/none.list

for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
	[ ! -f "$list" ] || sed -n 's/^deb /deb-src /p' "$list"
done >apt/parts/sources.list
for list in /etc/apt/sources.list.d/*.sources; do
	[ ! -f "$list" ] || { sed 's/^Types:.*/Types: deb-src/' "$list" && echo; }
done >apt/parts/sources.sources

apt()
{
	apt-get -q -o Dir::Etc::SourceList="$folder/apt/none.list" -o Dir::Etc::SourceParts="$folder/apt/parts" \
		-o Dir::State::Lists="$folder/apt/lists" -o Dir::Cache="$folder/apt/cache" \
		-o APT::Sandbox::User=root "$@"
}

# A list of the machine's that cannot be reached, or has no sources, does not matter: what is missing is said below.
apt update || :
(cd source && apt source --download-only --tar-only libyaml pcre2)
for name in libyaml pcre2; do
	mkdir "source/$name"
	tar -x -f source/"${name}"_*.orig.tar.* -C "source/$name" --strip-components=1
done

# libyaml is eight sources without any question to the system.
cd source/libyaml
number() { sed -n "s/.*YAML_$1\], *\([0-9]*\).*/\1/p" configure.ac; }
major=$(number MAJOR) minor=$(number MINOR) patch=$(number PATCH)
$host-gcc -O2 -c -Iinclude -DYAML_DECLARE_STATIC -DYAML_VERSION_MAJOR="$major" -DYAML_VERSION_MINOR="$minor" \
	-DYAML_VERSION_PATCH="$patch" -DYAML_VERSION_STRING="\"$major.$minor.$patch\"" src/*.c
rm -f ../../lib/libyaml.a
$host-ar cr ../../lib/libyaml.a ./*.o
cp include/yaml.h ../../include
cp License ../../notices/libyaml.txt

cd ../pcre2
./configure -q --host=$host --disable-shared --enable-static --enable-jit
make -s -j "$(getconf _NPROCESSORS_ONLN)" libpcre2-8.la
cp .libs/libpcre2-8.a ../../lib
cp src/pcre2.h ../../include
cp LICENCE ../../notices/pcre2.txt

cd ../..
rm -rf source apt
: >complete

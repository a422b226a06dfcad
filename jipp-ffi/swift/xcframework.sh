#!/usr/bin/env bash
# A recipe: makes Jipp.xcframework of the library, on a Mac with Xcode. It was not run here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

targets=(aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios aarch64-apple-darwin)
out=target/xcframework
rustup target add "${targets[@]}"
for target in "${targets[@]}"; do
    cargo build --locked --profile mobile --package jipp-ffi --target "$target"
done
rm -rf "$out"
mkdir -p "$out/headers" "$out/simulator"
cp jipp-ffi/swift/Sources/JippFFI/JippFFI.h "$out/headers/"
printf 'module JippFFI {\n    header "JippFFI.h"\n    export *\n}\n' > "$out/headers/module.modulemap"
lipo -create -output "$out/simulator/libjipp_ffi.a" \
    target/aarch64-apple-ios-sim/mobile/libjipp_ffi.a target/x86_64-apple-ios/mobile/libjipp_ffi.a
xcodebuild -create-xcframework -output "$out/Jipp.xcframework" \
    -library target/aarch64-apple-ios/mobile/libjipp_ffi.a -headers "$out/headers" \
    -library "$out/simulator/libjipp_ffi.a" -headers "$out/headers" \
    -library target/aarch64-apple-darwin/mobile/libjipp_ffi.a -headers "$out/headers"

// swift-tools-version:5.9
import PackageDescription

// For Linux and for work on the package itself: the native library is linked from a folder given on the command line,
// `-Xlinker -L<folder>`. Apps on Apple platforms use the XCFramework that `xcframework.sh` makes; see GUIDE.md.
let package = Package(
    name: "Jipp",
    platforms: [.iOS(.v15), .macOS(.v12)],
    products: [.library(name: "Jipp", targets: ["Jipp"])],
    targets: [
        .systemLibrary(name: "JippFFI", path: "Sources/JippFFI"),
        .target(name: "Jipp", dependencies: ["JippFFI"], path: "Sources/Jipp"),
        .testTarget(name: "JippTests", dependencies: ["Jipp"], path: "Tests/JippTests"),
    ]
)

// swift-tools-version:5.9
import PackageDescription

// An officer's day with jipp, as a program for the command line:
//
//     jipp-ffi/generate
//     swift run --package-path examples/swift -Xlinker -L$PWD/target/swift/lib Officer target/swift/sample.jipp
let package = Package(
    name: "Officer",
    platforms: [.macOS(.v12)],
    dependencies: [.package(name: "Jipp", path: "../../jipp-ffi/swift")],
    targets: [.executableTarget(name: "Officer", dependencies: ["Jipp"])]
)

// swift-tools-version: 6.2
import PackageDescription

/// What every target of this package is held to.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "ruralvalue",
  products: [
    .library(name: "RuralValue", targets: ["RuralValue", "RuralValueFormats"]),
    .executable(name: "ruralvalue", targets: ["RuralValueCLI"]),
  ],
  targets: [
    .systemLibrary(
      name: "COpenBLAS", providers: [.apt(["libopenblas-dev", "liblapack-dev"])]),
    .target(name: "RuralValueNumerics", dependencies: ["COpenBLAS"], swiftSettings: strict),
    .target(name: "RuralValue", dependencies: ["RuralValueNumerics"], swiftSettings: strict),
    .target(name: "RuralValueFormats", dependencies: ["RuralValue"], swiftSettings: strict),
    .executableTarget(
      name: "RuralValueCLI",
      dependencies: ["RuralValue", "RuralValueFormats", "RuralValueNumerics"],
      swiftSettings: strict),

    .executableTarget(
      name: "benchmarks", path: "Tests/Benchmarks", exclude: ["peers"], swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "RuralValueNumericsTests", dependencies: ["RuralValueNumerics", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "RuralValueTests", dependencies: ["RuralValue", "RuralValueFormats", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "RuralValueFormatsTests", dependencies: ["RuralValueFormats", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "RuralValueCLITests",
      dependencies: ["RuralValueCLI", "RuralValueFormats", "TestSupport"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

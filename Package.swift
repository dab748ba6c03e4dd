// swift-tools-version: 6.2
import PackageDescription

/// Mendloop is one package: six services that speak only through messages, the modules they share, and the tools
/// that use nothing but the public contract. `docs/walk.md` follows one message through it.
let package = Package(
    name: "mendloop",
    platforms: [.macOS(.v15)],
    products: services().map { .executable(name: $0.product, targets: [$0.target]) } + [
        .executable(name: "console", targets: ["Console"]), .executable(name: "mendloop", targets: ["MendloopCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: systemLibraries() + shared() + services().map(serviceTarget) + [console()] + tools() + tests()
)

func systemLibraries() -> [Target] {
    [
        .systemLibrary(
            name: "CRabbitMQ", path: "Shared/CRabbitMQ", pkgConfig: "librabbitmq",
            providers: [.apt(["librabbitmq-dev"])]),
        .systemLibrary(
            name: "CLibPQ", path: "Shared/CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CQREncode", path: "Shared/CQREncode", pkgConfig: "libqrencode",
            providers: [.apt(["libqrencode-dev"])]),
        .target(name: "CShims", path: "Shared/CShims"),
    ]
}

func shared() -> [Target] {
    [
        .target(name: "PollThread", dependencies: ["CShims"], path: "Shared/PollThread", swiftSettings: strict()),
        .target(name: "AMQP", dependencies: ["PollThread", "CRabbitMQ"], path: "Shared/AMQP", swiftSettings: strict()),
        .target(
            name: "Postgres", dependencies: ["PollThread", "CLibPQ"], path: "Shared/Postgres", swiftSettings: strict()),
        .target(name: "QRCode", dependencies: ["CQREncode"], path: "Shared/QRCode", swiftSettings: strict()),
        .target(name: "DomainContracts", path: "Shared/DomainContracts", swiftSettings: strict()),
        .target(
            name: "ServiceKit",
            dependencies: [
                "AMQP", "Postgres", "DomainContracts",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            path: "Shared/ServiceKit", resources: [.embedInCode("Migrations")], swiftSettings: strict()),
        .target(
            name: "Passwords", dependencies: [.product(name: "CryptoExtras", package: "swift-crypto")],
            path: "Shared/Passwords", swiftSettings: strict()),
        .target(name: "Routing", path: "Shared/Routing", swiftSettings: strict()),
        .target(
            name: "JSONLogic", dependencies: ["DomainContracts"], path: "Shared/JSONLogic", swiftSettings: strict()),
        .target(
            name: "Dispatching", dependencies: ["DomainContracts", "JSONLogic", "Routing"], path: "Shared/Dispatching",
            swiftSettings: strict()),
        .target(
            name: "LocalStack", dependencies: ["CShims"], path: "Shared/LocalStack",
            resources: [.embedInCode("roles.sql")],
            swiftSettings: strict()),
        .target(
            name: "ServiceTesting", dependencies: ["ServiceKit", "LocalStack"], path: "Shared/ServiceTesting",
            swiftSettings: strict()),
    ]
}

/// The six services: product name as operators see it, and the target that builds it. A module may not be called
/// Dispatch: the system has one.
func services() -> [(product: String, target: String)] {
    [
        ("intake", "Intake"), ("dispatch", "DispatchService"), ("field-service", "FieldService"),
        ("inventory", "Inventory"), ("billing", "Billing"), ("feedback", "Feedback"),
    ]
}

func serviceTarget(_ service: (product: String, target: String)) -> Target {
    .executableTarget(
        name: service.target,
        dependencies: ["ServiceKit", "DomainContracts", .product(name: "Crypto", package: "swift-crypto")]
            + (service.target == "DispatchService"
                ? [
                    "Dispatching", "Routing", .product(name: "Logging", package: "swift-log"),
                    .product(name: "Metrics", package: "swift-metrics"),
                ] : []),
        path: "Services/\(folder(of: service.target))",
        resources: [.embedInCode("Migrations")] + (service.target == "Intake" ? [.embedInCode("Holidays")] : []),
        swiftSettings: strict())
}

/// The HTTP door before the services, and its read models.
func console() -> Target {
    .executableTarget(
        name: "Console",
        dependencies: [
            "AMQP", "Passwords", "Postgres", "QRCode", "ServiceKit", "DomainContracts",
            .product(name: "Crypto", package: "swift-crypto"),
            .product(name: "FlyingFox", package: "FlyingFox"), .product(name: "Logging", package: "swift-log"),
            .product(name: "Metrics", package: "swift-metrics"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        ],
        path: "Services/Console", resources: [.embedInCode("Migrations")], swiftSettings: strict())
}

func folder(of target: String) -> String { target == "DispatchService" ? "Dispatch" : target }

func tools() -> [Target] {
    [
        .target(name: "Tables", path: "Tools/Tables", swiftSettings: strict()),
        .target(
            name: "Simulation", dependencies: ["AMQP", "Dispatching", "ServiceKit", "DomainContracts", "Tables"],
            path: "Tools/Simulation", swiftSettings: strict()),
        .target(
            name: "Benchmarking",
            dependencies: [
                "AMQP", "Dispatching", "Postgres", "DomainContracts", "LocalStack", "ServiceKit",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tools/Benchmarking", swiftSettings: strict()),
        .executableTarget(
            name: "MendloopCLI",
            dependencies: [
                "LocalStack", "Simulation", "Benchmarking", "Passwords", "Routing", "ServiceKit", "DomainContracts",
                "Tables",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            path: "Tools/MendloopCLI", swiftSettings: strict()),
    ]
}

func tests() -> [Target] {
    ["AMQP", "Postgres", "ServiceKit", "LocalStack", "Simulation", "Benchmarking", "Console"].map { testTarget($0) }
        + services().map { testTarget($0.target) }
        + [
            testTarget("PollThread"), testTarget("MendloopCLI"),
            .testTarget(
                name: "DomainContractsTests", dependencies: ["AMQP", "Console", "DomainContracts", "ServiceKit"],
                path: "Tests/DomainContractsTests",
                exclude: ["Golden"], swiftSettings: testing()),
            .testTarget(
                name: "JSONLogicTests", dependencies: ["JSONLogic"], path: "Tests/JSONLogicTests",
                swiftSettings: testing()),
            .testTarget(
                name: "DispatchingTests", dependencies: ["Dispatching", "Routing", "ServiceTesting"],
                path: "Tests/DispatchingTests", swiftSettings: testing()),
            .testTarget(
                name: "RoutingTests", dependencies: ["Routing", "ServiceTesting"], path: "Tests/RoutingTests",
                swiftSettings: testing()),
            .testTarget(
                name: "TablesTests", dependencies: ["Tables"], path: "Tests/TablesTests", swiftSettings: testing()),
            .testTarget(name: "ArchitectureTests", path: "Tests/ArchitectureTests", swiftSettings: testing()),
            .testTarget(
                name: "JourneyTests",
                dependencies: ["Console", "Simulation", "ServiceTesting", "LocalStack", "MendloopCLI", "Tables"]
                    + services().map { .target(name: $0.target) },
                path: "Tests/JourneyTests", exclude: ["Releases"], swiftSettings: testing()),
            .testTarget(
                name: "SagaSimulationTests",
                dependencies: ["AMQP", "Dispatching", "DomainContracts", "ServiceKit", "ServiceTesting"]
                    + services().map { .target(name: $0.target) },
                path: "Tests/SagaSimulationTests", swiftSettings: testing()),
        ]
}

func testTarget(_ module: String) -> Target {
    .testTarget(
        name: "\(folder(of: module))Tests", dependencies: [.target(name: module), "ServiceTesting"],
        path: "Tests/\(folder(of: module))Tests", exclude: module == "Intake" ? ["Cases"] : [], swiftSettings: testing()
    )
}

func strict() -> [SwiftSetting] {
    [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
}

/// Tests are built beside the programs that are shipped, so that both are built once; they gain nothing by being optimised, and take
/// long to be.
func testing() -> [SwiftSetting] {
    strict() + [.unsafeFlags(["-Onone"], .when(configuration: .release))]
}

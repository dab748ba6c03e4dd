/// Where a schema stands: the highest applied migration of each series, 0 for none.
public struct SchemaVersion: Sendable, Equatable, CustomStringConvertible {
    /// The highest migration of the kit's own tables.
    public var kit: Int
    /// The highest migration of the service's tables.
    public var service: Int

    public init(kit: Int, service: Int) {
        self.kit = kit
        self.service = service
    }

    init(_ migrations: some Sequence<Migration>) {
        self.init(kit: 0, service: 0)
        for migration in migrations { raise(migration.series, to: migration.version) }
    }

    mutating func raise(_ series: Migration.Series, to version: Int) {
        switch series {
        case .kit: kit = max(kit, version)
        case .service: service = max(service, version)
        }
    }

    /// `K0002 V0003`.
    public var description: String {
        Migration.label(.kit, kit) + " " + Migration.label(.service, service)
    }
}

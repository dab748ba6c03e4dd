/// A PostgreSQL type by its object id. Those named here are built in and the same on every server.
public struct PostgresType: Hashable, Sendable {
    public let oid: UInt32

    public init(oid: UInt32) {
        self.oid = oid
    }

    /// The server infers the type from the statement.
    static let unknown = PostgresType(oid: 0)
    public static let bool = PostgresType(oid: 16)
    public static let bytea = PostgresType(oid: 17)
    static let char = PostgresType(oid: 18)
    static let name = PostgresType(oid: 19)
    public static let int8 = PostgresType(oid: 20)
    public static let int2 = PostgresType(oid: 21)
    public static let int4 = PostgresType(oid: 23)
    public static let text = PostgresType(oid: 25)
    static let objectID = PostgresType(oid: 26)
    static let xid = PostgresType(oid: 28)
    static let json = PostgresType(oid: 114)
    static let float4 = PostgresType(oid: 700)
    public static let float8 = PostgresType(oid: 701)
    static let date = PostgresType(oid: 1082)
    static let timestamp = PostgresType(oid: 1114)
    public static let timestamptz = PostgresType(oid: 1184)
    public static let numeric = PostgresType(oid: 1700)
    public static let uuid = PostgresType(oid: 2950)
    public static let jsonb = PostgresType(oid: 3802)
    static let xid8 = PostgresType(oid: 5069)

    /// The type of an array of these.
    var array: PostgresType {
        Self.arrays[self] ?? .unknown
    }

    private static let arrays: [PostgresType: PostgresType] = [
        .bool: .init(oid: 1000), .bytea: .init(oid: 1001), .int2: .init(oid: 1005), .int4: .init(oid: 1007),
        .text: .init(oid: 1009), .int8: .init(oid: 1016), .float8: .init(oid: 1022), .timestamptz: .init(oid: 1185),
        .numeric: .init(oid: 1231), .uuid: .init(oid: 2951), .jsonb: .init(oid: 3807),
    ]
}

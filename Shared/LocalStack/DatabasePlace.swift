/// One database server of a stack: its port on 127.0.0.1, and where its files lie.
struct DatabasePlace: Sendable, Equatable {
    var folder: String
    var port: UInt16
    var recordName: String
}

extension StackSettings {
    private var first: DatabasePlace {
        DatabasePlace(folder: postgresFolder, port: ports.postgres, recordName: DatabaseServer.name)
    }

    private var second: DatabasePlace? {
        cluster.map {
            DatabasePlace(
                folder: postgresFolder + "-standby", port: $0.standbyPort, recordName: DatabaseServer.name + "-standby")
        }
    }

    /// The server that takes writes.
    var primary: DatabasePlace { cluster?.isPromoted == true ? second ?? first : first }

    /// The standby; after its promotion, the former primary. Nil in a stack of one server each.
    var standby: DatabasePlace? { cluster?.isPromoted == true ? first : second }

    var databasePlaces: [DatabasePlace] { [first] + [second].compactMap(\.self) }
}

import ArgumentParser
import DomainContracts
import Foundation
import LocalStack
import ServiceKit

/// What is saved and restored, and where it is: the database, what outsiders have on the broker, the attachments.
struct BackupSite: Sendable {
    /// Of the database's administrator.
    let database: String
    /// Of the broker's administrator.
    let broker: String
    let management: BrokerManagement
    /// The folder of the attachments; nil where a bucket holds them.
    let attachments: URL?
    /// The private stack this is, if it is one.
    let local: LocalStack?

    /// The schemas of a database.
    static let schemas = LocalService.allCases.map(\.role) + [ServiceProcesses.door]
}

extension BackupSite {
    /// A private stack.
    init(_ stack: LocalStack) throws {
        let addresses = try stack.addresses()
        self.init(
            database: addresses.adminDatabaseURL(), broker: addresses.amqpURL(),
            management: try IdentityDesk.of(stack).management,
            attachments: URL(fileURLWithPath: stack.path + "/attachments"), local: stack)
    }
}

extension Stack {
    /// The site that the environment names, else the folder's.
    func backupSite() throws -> BackupSite {
        guard let broker = try foreignBrokerURL() else { return try BackupSite(local) }
        let settings = Settings()
        let bucket = try settings.optionalString("MENDLOOP_ATTACHMENTS_BUCKET")
        let folder =
            bucket == nil
            ? try settings.string(
                "MENDLOOP_ATTACHMENTS",
                expected: "the folder of the attachments, or MENDLOOP_ATTACHMENTS_BUCKET where a bucket holds them")
            : nil
        guard let database = try settings.optionalDatabaseURL() else {
            throw SettingsError.missing(
                name: "MENDLOOP_DATABASE_URL",
                expected: "the database's address for its administrator, beside MENDLOOP_AMQP_URL")
        }
        return BackupSite(
            database: database,
            broker: broker, management: try identities().management,
            attachments: folder.map { URL(fileURLWithPath: $0) }, local: nil)
    }
}

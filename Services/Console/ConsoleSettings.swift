import Foundation
import ServiceKit

/// What console reads from its environment at its start.
struct ConsoleSettings: Sendable {
    static let service = "console"

    /// What every service reads: broker, database, health, clock.
    let service: ServiceSettings
    /// `MENDLOOP_DOOR_HOST`, `MENDLOOP_DOOR_PORT`: the door itself, 127.0.0.1 and 8080 by default; 0 takes a free port.
    let doorHost: String
    let doorPort: UInt16
    let links: LinkSigner
    let keys: SigningKeys
    /// Signs for whoever signs in, by `MENDLOOP_JWT_SECRET`; nil where that is not set.
    let issuer: TokenIssuer?
    /// `MENDLOOP_SIGN_IN_FAILURES`: how often one address may fail to sign in before it waits, 20 by default; 0 counts by login alone.
    let signInFailuresByAddress: Int
    /// `MENDLOOP_DOOR_RATE`: requests a minute that one person, or one address without a token, may make on average; 0 sets no
    /// limit.
    let requestsAMinute: Int
    /// Where what people send with their reports is kept; none is taken where nobody said so.
    let attachments: AttachmentSettings?
    /// `MENDLOOP_ATTACHMENT_BYTES`: of one file, at most; 20 MiB by default.
    let attachmentBytes: Int
    /// `MENDLOOP_ATTACHMENT_BYTES_AN_HOUR`: of all files from one address without a token, within an hour; 256 MiB by default, 0 sets no
    /// limit.
    let attachmentBytesAnHour: Int
    /// `MENDLOOP_UNNAMED_FILE_DAYS`: after so many days files go that nobody has named, 7 by default; 0, nil here: never.
    let unnamedFileDays: Int?
    /// `MENDLOOP_LABEL_URL`: what a device's QR code opens, its code put behind it.
    let labelURL: String

    init(settings: Settings = Settings()) throws {
        service = try ServiceSettings(service: Self.service, settings: settings)
        doorHost = try settings.string("MENDLOOP_DOOR_HOST", default: "127.0.0.1")
        doorPort = UInt16(try settings.integer("MENDLOOP_DOOR_PORT", in: 0...65_535, default: 8_080))
        links = LinkSigner(secret: service.linkSecret)
        keys = try SigningKeys(settings)
        issuer = try keys.issuing(settings)
        signInFailuresByAddress = try settings.integer("MENDLOOP_SIGN_IN_FAILURES", in: 0...1_000_000, default: 20)
        requestsAMinute = try settings.integer("MENDLOOP_DOOR_RATE", in: 0...1_000_000, default: 300)
        attachments = try AttachmentSettings(settings)
        let days = try settings.integer("MENDLOOP_UNNAMED_FILE_DAYS", in: 0...3_650, default: 7)
        unnamedFileDays = days == 0 ? nil : days
        labelURL = try settings.string("MENDLOOP_LABEL_URL", default: "")
        attachmentBytes = try settings.integer(
            "MENDLOOP_ATTACHMENT_BYTES", in: 1...1_073_741_824, default: 20 * 1_024 * 1_024)
        attachmentBytesAnHour = try settings.integer(
            "MENDLOOP_ATTACHMENT_BYTES_AN_HOUR", in: 0...1_099_511_627_776, default: 256 * 1_024 * 1_024)
    }
}

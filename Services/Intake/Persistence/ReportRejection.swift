import DomainContracts
import Foundation
import ServiceKit

/// A report that could not be taken, with its original.
struct ReportRejection: FactRow {
    static let table = "report_rejection"
    static let columns = [
        "message_id", "source", "channel", "external_id", "code", "problem", "original", "rejected_at",
    ]

    let messageId: String
    let source: String?
    let channel: String
    let externalId: String?
    let code: String
    /// The problem as JSON text.
    let problem: String
    /// The body as it came; `base64:` in front when it is no text that a database holds.
    let original: String
    let rejectedAt: Date

    init(_ refused: RefusedMessage, channel: String, at date: Date, externalId: String?) {
        messageId = refused.messageId
        source = refused.envelope?.source
        self.channel = channel
        self.externalId = externalId
        code = refused.problem.code
        problem = (try? WireJSON.encoder().encode(refused.problem)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        if let text = String(validating: refused.body, as: UTF8.self), !text.unicodeScalars.contains("\0") {
            original = text
        } else {
            original = "base64:" + Data(refused.body).base64EncodedString()
        }
        rejectedAt = date
    }

    /// The channel's own id of the report and the channel that it names, if that much can be read.
    static func said(in body: [UInt8]) -> (externalId: String?, channel: String?) {
        struct Report: Decodable {
            let externalId: String?
            let channel: String?
        }
        struct Peek: Decodable { let data: Report? }
        let peek = try? WireJSON.decoder().decode(Peek.self, from: Data(body)).data
        let report = peek ?? (try? WireJSON.decoder().decode(Report.self, from: Data(body)))
        // It becomes a word of a routing key.
        return (
            report?.externalId, report?.channel.flatMap { $0.wholeMatch(of: /[a-z][a-z0-9_-]{0,39}/) == nil ? nil : $0 }
        )
    }

    enum CodingKeys: String, CodingKey {
        case messageId = "message_id"
        case source, channel, code, problem, original
        case externalId = "external_id"
        case rejectedAt = "rejected_at"
    }
}

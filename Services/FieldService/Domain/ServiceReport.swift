import DomainContracts
import FoundationEssentials

/// What the customer is asked to confirm 服务报告. The content never changes once it is made, and its hash shows that;
/// what changes is only what the customer said to it.
struct ServiceReport: Codable, Sendable, Equatable {
    private(set) var status: ReportState = .awaiting
    let content: ReportContent
    /// SHA-256 of the content's canonical JSON, lowercase hex.
    let sha256: String
    private(set) var word: CustomerWord?

    init(content: ReportContent, sha256: String) {
        self.content = content
        self.sha256 = sha256
    }

    func reference(_ id: UUID) -> ServiceReportReference {
        ServiceReportReference(
            reportId: id, reportNumber: content.reportNumber, version: content.version, sha256: sha256)
    }

    /// False, and unchanged, when the report no longer waits.
    mutating func close(as state: ReportState, _ word: CustomerWord?) -> Bool {
        guard status == .awaiting else { return false }
        status = state
        self.word = word
        return true
    }

    /// Adds the signature that comes after the word: the customer confirmed by his link, and the engineer had him sign before that,
    /// without a network. False, and unchanged, when the report is not confirmed, or is signed.
    mutating func sign(_ signature: Attachment, by name: String?) -> Bool {
        guard status == .confirmed, var word, word.signature == nil else { return false }
        word.signature = signature
        word.signedBy = name ?? word.signedBy
        self.word = word
        return true
    }

    /// Forgets why the customer objected; that he did stays, and so does who signed.
    mutating func forgetObjection() { word?.reason = nil }
}

/// Where a report stands with the customer. From `awaiting` each of the others; from those nothing.
enum ReportState: String, CaseIterable, Codable, Sendable {
    case awaiting
    case confirmed
    case disputed
    /// A later visit's report took its place.
    case superseded
}

/// What was said to a report, by whom and when.
struct CustomerWord: Codable, Sendable, Equatable {
    var at: Date
    var by: String
    var how: ConfirmationKind?
    var signedBy: String?
    var signature: Attachment?
    var reason: String?
}

/// The text of a report. Nothing in it is a floating point number, so that its JSON is the same everywhere.
struct ReportContent: Codable, Sendable, Equatable {
    var reportNumber: String
    var version: Int
    var workOrderId: UUID
    var workOrderNumber: String
    var visitId: UUID
    var engineerId: UUID
    var receivedAt: Date
    var problem: String
    var checkedInAt: Date?
    var startedAt: Date?
    var endedAt: Date
    var endReason: VisitEndReason
    var outcome: Outcome
    var outcomeReason: String?
    var workMinutes: Int
    var travelMinutes: Int
    var findings: [Finding]
    var parts: [FittedPart]
    var note: String?
    var madeAt: Date
    /// Who worked with the engineer; nil as nobody.
    var helperIds: [UUID]?
}

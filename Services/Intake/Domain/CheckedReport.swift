import DomainContracts
import FoundationEssentials

/// A report as it was sent, checked member by member: what is present must be valid.
struct CheckedReport {
    /// With phones in E.164, and blank texts taken as absent.
    var report: ReportRepair
    var errors: [FieldProblem] = []

    init(_ sent: ReportRepair) {
        report = sent
        checkTexts()
        checkCustomer()
        checkContact()
        checkDevice()
        checkSite()
        checkChoices()
        checkWindows()
        checkAttachments()
        checkRest()
    }

    mutating func complain(_ pointer: String, _ code: String, _ detail: String) {
        errors.append(FieldProblem(pointer, code, detail))
    }

    /// Trims a text; blank is absent. Complains when it is too long or holds control characters, which no screen
    /// shows and the database does not store.
    mutating func text(
        _ path: WritableKeyPath<ReportRepair, String?>, _ pointer: String, limit: Int
    ) {
        guard let text = report[keyPath: path] else { return }
        let trimmed = text.trimmed
        if trimmed.count > limit { complain(pointer, "too-long", "has more than \(limit) characters") }
        if trimmed.hasControlCharacters { complain(pointer, "control-character", "holds control characters") }
        report[keyPath: path] = trimmed.isEmpty ? nil : trimmed
    }
}

extension String {
    var trimmed: String {
        let blank: (Character) -> Bool = { $0.isWhitespace || $0.isNewline }
        guard let first = firstIndex(where: { !blank($0) }), let last = lastIndex(where: { !blank($0) }) else {
            return ""
        }
        return String(self[first...last])
    }

    /// Line breaks and tabs are fine.
    var hasControlCharacters: Bool {
        unicodeScalars.contains { ($0.value < 0x20 && ![0x9, 0xa, 0xd].contains($0.value)) || $0.value == 0x7f }
    }
}

import DomainContracts
import FoundationEssentials

/// A report as it was sent, checked member by member: what is present must be valid.
struct CheckedReport {
    /// With phones in E.164, and blank texts taken as absent.
    var report: ReportRepair
    var errors: [FieldProblem] = []

    /// - Parameter now: when it is said; nil where only what it names is asked.
    init(_ sent: ReportRepair, at now: Date? = nil) {
        report = sent
        checkTexts()
        checkCustomer()
        checkContact()
        checkDevice(at: now)
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
    static func text(_ text: inout String?, _ pointer: String, limit: Int, _ errors: inout [FieldProblem]) {
        guard let trimmed = text?.trimmed else { return }
        if trimmed.isLonger(than: limit) {
            errors.append(FieldProblem(pointer, "too-long", "has more than \(limit) characters"))
        }
        if trimmed.hasControlCharacters {
            errors.append(FieldProblem(pointer, "control-character", "holds control characters"))
        }
        text = trimmed.isEmpty ? nil : trimmed
    }
}

extension String {
    var trimmed: String {
        // Nearly all texts need no trimming, and a look at both ends is enough to see it.
        if let first = unicodeScalars.first, let last = unicodeScalars.last, first.isInk, last.isInk { return self }
        let blank: (Character) -> Bool = { $0.isWhitespace || $0.isNewline }
        guard let first = firstIndex(where: { !blank($0) }), let last = lastIndex(where: { !blank($0) }) else {
            return ""
        }
        return String(self[first...last])
    }

    /// Line breaks and tabs are fine.
    var hasControlCharacters: Bool {
        utf8.contains { ($0 < 0x20 && $0 != 0x9 && $0 != 0xa && $0 != 0xd) || $0 == 0x7f }
    }

    /// In characters as people count them; those are counted only where there are as many bytes.
    func isLonger(than limit: Int) -> Bool { utf8.count > limit && count > limit }
}

extension Unicode.Scalar {
    /// Surely no blank: printed ASCII, or Han.
    fileprivate var isInk: Bool { (0x21...0x7e).contains(value) || (0x4e00...0x9fff).contains(value) }
}

import DomainContracts
import FoundationEssentials

/// Checks the members of what is registered, one by one, and puts them in the form in which they are kept: what is
/// present must be valid, blank texts are absent, phones are in E.164. All faults are told at once.
struct MemberCheck {
    private(set) var errors: [FieldProblem] = []

    mutating func complain(_ member: String, _ code: String, _ detail: String) {
        errors.append(FieldProblem("/data/\(member)", code, detail))
    }

    /// - Parameter limit: characters.
    mutating func text(_ text: inout String?, _ member: String, limit: Int = 200) {
        CheckedReport.text(&text, "/data/\(member)", limit: limit, &errors)
    }

    mutating func phone(_ phone: inout String?, _ extension: inout String?, _ member: String) {
        text(&phone, member, limit: 40)
        guard let sent = phone else { return }
        if let number = PhoneNumber(sent) {
            phone = number.e164
            `extension` = `extension` ?? number.extension
        } else {
            complain(member, "not-a-phone", "a telephone number such as 13800138000, 010-66550000 or +4930901820")
        }
    }

    mutating func email(_ email: inout String?, _ member: String) {
        text(&email, member, limit: 254)
        guard let sent = email else { return }
        if !CheckedReport.isEmail(sent) { complain(member, "not-an-email", "an e-mail address such as a@b.cn") }
    }

    mutating func day(_ day: inout String?, _ member: String) {
        text(&day, member, limit: 40)
        guard let sent = day else { return }
        if CalendarDay(sent) == nil { complain(member, "not-a-date", "an existing day such as 2026-11-21") }
    }

    /// A day on which something has been done.
    mutating func day(_ day: inout String?, _ member: String, notAfter now: Date?) {
        self.day(&day, member)
        if day.flatMap({ CalendarDay($0) })?.isAhead(of: now) == true {
            complain(member, "in-future", "today or a day that is over")
        }
    }

    mutating func choice<E: OpenEnum>(_ choice: E?, _ member: String) {
        guard let choice, !choice.isKnown else { return }
        complain(member, "unknown-value", "one of " + E.known.map(\.rawValue).joined(separator: ", "))
    }

    mutating func site(_ site: inout ReportedSite?, _ member: String) {
        guard var sent = site else { return }
        text(&sent.address, "\(member)/address", limit: 500)
        text(&sent.regionCode, "\(member)/regionCode", limit: 12)
        text(&sent.accessNotes, "\(member)/accessNotes", limit: 2_000)
        region(sent.regionCode, "\(member)/regionCode")
        location(sent.location, "\(member)/location")
        site = Site.key(sent) == nil ? nil : sent
    }

    mutating func region(_ code: String?, _ member: String) {
        guard let code, !code.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else { return }
        complain(member, "not-a-region", "letters, digits and hyphens, such as 110105")
    }

    mutating func location(_ location: Coordinates?, _ member: String) {
        guard let location else { return }
        if !(-90...90).contains(location.latitude) {
            complain("\(member)/latitude", "out-of-range", "from -90 to 90")
        }
        if !(-180...180).contains(location.longitude) {
            complain("\(member)/longitude", "out-of-range", "from -180 to 180")
        }
        if let accuracy = location.accuracy, !(accuracy >= 0 && accuracy.isFinite) {
            complain("\(member)/accuracy", "out-of-range", "0 or more, metres")
        }
        choice(location.crs, "\(member)/crs")
    }
}
